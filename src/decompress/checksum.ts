import { createCRC32, createXXHash64 } from 'hash-wasm';
import type { CaptureWarning } from 'pcap-ts-parser';
import { Idle } from './idle.ts';

/** What makes checksums of either kind, one for each file that is read at a time. */
export const CRC32S = new Idle(createCRC32);
export const XXHASH64S = new Idle(createXXHash64);
export type Hasher = Awaited<ReturnType<typeof createCRC32>>;

/** Of one file so many damaged checksums are told one by one. */
const MOST_TOLD = 5;

/** Collects what a file's checksums say of its bytes: a mismatch is a warning, for the bytes are there all the same. */
export class Checksums {
  readonly warnings: CaptureWarning[] = [];
  private mismatches = 0;

  /**
   * Tells of a mismatch.
   *
   * @param offset where the checksum stands in the packed file
   * @param what of what it is the checksum, "a gzip member (CRC-32)"
   */
  mismatch(offset: number, what: string): void {
    this.mismatches++;
    if (this.mismatches > MOST_TOLD) {
      const { length } = this.warnings;
      if (length === MOST_TOLD) this.warnings.push({ kind: 'bad-checksum', offset: null, message: '' });
      this.warnings[MOST_TOLD].message = `${this.mismatches - MOST_TOLD} more checksums like the ${MOST_TOLD} before`;
      return;
    }
    const message =
      `the checksum of ${what} does not match: the file was damaged or changed after it was packed. ` +
      'What it unpacks to is read all the same, and may be wrong: get the file once more';
    this.warnings.push({ kind: 'bad-checksum', offset, message });
  }
}

/** A checksum of four bytes, big-endian, as the library gives it. */
export function checksumOf(hasher: { digest(form: 'binary'): Uint8Array }): number {
  const bytes = hasher.digest('binary');
  const at = bytes.length - 4;
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}
