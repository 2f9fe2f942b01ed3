import { type ByteReader, type ByteSource, bufferSource, CaptureError, type CaptureWarning } from 'pcap-ts-parser';

/** Files of up to so many bytes are held, and so many bytes of them in all. */
const MOST_OF_ONE = 1 << 14;
const MOST_OF_ALL = 1 << 26;
const PIECE_BYTES = 1 << 12;
/** Files lie beside each other in memory that is taken at a time: thousands of small pieces take longer, and more room. */
const SLAB_BYTES = 1 << 18;

/**
 * Holds small files, each read once: files are looked at several times before they are read, and opening one of thousands,
 * or unpacking it, takes longer than what is done with its bytes.
 */
export class HeldFiles {
  private left = MOST_OF_ALL;
  private space = new Uint8Array(PIECE_BYTES);
  private slab = new Uint8Array(0);
  private used = 0;

  /** A source of the same bytes that is read already; null for one that is not small, or cannot be read to its end. */
  async hold(source: ByteSource): Promise<HeldSource | null> {
    if (source.size === null || source.size > Math.min(MOST_OF_ONE, this.left)) return null;
    const bytes = await this.bytesOf(source);
    if (bytes === null) return null;
    this.left -= bytes.length;
    return new HeldSource(source, bytes);
  }

  private async bytesOf(source: ByteSource): Promise<Uint8Array<ArrayBuffer> | null> {
    if (this.slab.length - this.used < MOST_OF_ONE) {
      this.slab = new Uint8Array(SLAB_BYTES);
      this.used = 0;
    }
    const reader = source.open();
    let length = 0;
    try {
      for (;;) {
        const piece = await reader.read(this.space);
        if (piece.buffer !== this.space.buffer) this.space = new Uint8Array(piece.buffer, 0, PIECE_BYTES);
        if (piece.length === 0) break;
        if (length + piece.length > MOST_OF_ONE) return null;
        this.slab.set(piece, this.used + length);
        length += piece.length;
      }
      this.used += length;
      return this.slab.subarray(this.used - length, this.used);
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
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly isAnywhere: boolean;

  constructor(source: ByteSource, bytes: Uint8Array<ArrayBuffer>) {
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
