export const ZSTD_MAGIC = 0xfd2fb528;
/** The magic number and the byte that tells how long the header is. */
export const LEAST_HEADER = 5;
export const CHECKSUM_BYTES = 4;
/**
 * Frames may ask for windows of terabytes; the format's own recommendation is to support 8 MiB, `--long` uses 128 MiB.
 */
export const LARGEST_WINDOW = 1 << 27;

export interface FrameHeader {
  /** Its bytes, the magic number among them. */
  length: number;
  hasChecksum: boolean;
  hasDictionary: boolean;
  /** Can be read once `length` bytes are there. */
  windowBytes: () => number;
}

/** The frame header (RFC 8878, section 3.1.1.1) at `at`, of which the first five bytes are there. */
export function frameHeader(bytes: Uint8Array, at: number): FrameHeader {
  const descriptor = bytes[at + 4];
  const singleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? Number(singleSegment) : 1 << sizeFlag;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const length = LEAST_HEADER + Number(!singleSegment) + dictionaryBytes + sizeBytes;
  return {
    length,
    hasChecksum: (descriptor & 4) !== 0,
    hasDictionary: dictionaryBytes > 0,
    windowBytes: () => {
      if (!singleSegment) {
        const window = bytes[at + LEAST_HEADER];
        return 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8);
      }
      let size = 0;
      for (let index = 0; index < sizeBytes; index++) size += bytes[at + length - sizeBytes + index] * 256 ** index;
      return sizeBytes === 2 ? size + 256 : size;
    },
  };
}
