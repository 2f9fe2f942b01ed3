import { type ByteReader, type ByteSource, bufferSource, CaptureError, type CaptureWarning } from 'pcap-ts-parser';

/** Files of up to so many bytes are held, and so many bytes of them in all. */
const MOST_OF_ONE = 1 << 14;
const MOST_OF_ALL = 1 << 26;
const PIECE_BYTES = 1 << 12;

/**
 * Holds small files, each read once: files are looked at several times before they are read, and opening one of thousands,
 * or unpacking it, takes longer than what is done with its bytes.
 */
export class HeldFiles {
  private left = MOST_OF_ALL;
  private space = new Uint8Array(PIECE_BYTES);

  /** A source of the same bytes that is read already; null for one that is not small, or cannot be read to its end. */
  async hold(source: ByteSource): Promise<HeldSource | null> {
    if (source.size === null || source.size > Math.min(MOST_OF_ONE, this.left)) return null;
    const bytes = await this.bytesOf(source);
    if (bytes === null) return null;
    this.left -= bytes.length;
    return new HeldSource(source, bytes);
  }

  private async bytesOf(source: ByteSource): Promise<Uint8Array | null> {
    const reader = source.open();
    let bytes = new Uint8Array(0);
    try {
      for (;;) {
        const piece = await reader.read(this.space);
        if (piece.length === 0) return bytes;
        if (bytes.length + piece.length > MOST_OF_ONE) return null;
        bytes = joined(bytes, piece);
        this.space = new Uint8Array(piece.buffer, 0, PIECE_BYTES);
      }
    } catch (error) {
      // What is wrong is said by who reads it.
      if (error instanceof CaptureError) return null;
      throw error;
    } finally {
      await reader.close();
    }
  }
}

/** A file whose bytes are held. */
export class HeldSource implements ByteSource {
  readonly name: string;
  readonly size: number | null;
  readonly compression: string | null;
  readonly packedBytesRead: number | null;
  readonly warnings: readonly CaptureWarning[];
  readonly bytes: Uint8Array;
  private readonly isAnywhere: boolean;

  constructor(source: ByteSource, bytes: Uint8Array) {
    this.name = source.name;
    this.size = source.size;
    this.compression = source.compression ?? null;
    this.packedBytesRead = source.packedBytesRead ?? null;
    this.warnings = source.warnings ?? [];
    this.bytes = bytes;
    this.isAnywhere = source.readAt !== undefined;
  }

  /** Where the file itself can be read at any place: what is packed cannot. */
  get readAt(): ByteSource['readAt'] {
    return this.isAnywhere ? bufferSource(this.bytes).readAt : undefined;
  }

  open(): ByteReader {
    return bufferSource(this.bytes).open();
  }
}

function joined(before: Uint8Array<ArrayBuffer>, piece: Uint8Array): Uint8Array<ArrayBuffer> {
  if (before.length === 0) return new Uint8Array(piece);
  const both = new Uint8Array(before.length + piece.length);
  both.set(before);
  both.set(piece, before.length);
  return both;
}
