import {
  type BeforeFault,
  type ByteReader,
  type ByteSource,
  bufferSource,
  CaptureError,
  type CaptureWarning,
} from 'pcap-ts-parser';
import { AtOnce } from './at-once.ts';
import { compressionOf } from './compression.ts';
import { Slabs } from './slabs.ts';

/** Files of up to so many bytes are held, and so many bytes of them in all. */
const MOST_OF_ONE = 1 << 18;
const MOST_OF_ALL = 1 << 26;
const PIECE_BYTES = 1 << 16;

/** A source that may be had whole without waiting for it. */
export interface ReadySource extends ByteSource {
  /** Bytes that it is said to unpack to, where that is known: what is not small is not tried. */
  readonly unpackedSize?: number;
  /**
   * All of its bytes, put into slabs; null where they are not at hand, where they are more than so many, and where anything
   * is wrong with them.
   */
  takeReady?(slabs: Slabs, most: number): Uint8Array<ArrayBuffer> | null;
}

/**
 * Holds small files, each read once: files are looked at several times before they are read, and opening one of thousands,
 * or unpacking it, takes longer than what is done with its bytes. So does waiting for each, where its bytes are at hand.
 */
export class HeldFiles {
  private left = MOST_OF_ALL;
  private space = new Uint8Array(PIECE_BYTES);
  private readonly slabs = new Slabs();
  private readonly atOnce: AtOnce;
  /** What was not unpacked at once the last time: it is asked for again on the way to a stream. */
  private failed: HeldSource | null = null;

  private constructor(atOnce: AtOnce) {
    this.atOnce = atOnce;
  }

  static async ready(): Promise<HeldFiles> {
    return new HeldFiles(await AtOnce.ready());
  }

  /**
   * A source of the same bytes that is read already, up to its end or what is wrong with it; null for one that is not small, and
   * for a file that cannot be read: another time it may be.
   */
  async hold(source: ReadySource): Promise<HeldSource | FaultySource | null> {
    if (source instanceof HeldSource) return source;
    const read = this.isSmall(source) ? await this.read(source) : null;
    if (read === null) return null;
    const held = this.held(source, read.bytes);
    return read.fault === null ? held : new FaultySource(held, read.fault);
  }

  /** The same of a source whose bytes are at hand; null for others, too. */
  holdReady(source: ReadySource): HeldSource | null {
    if (source instanceof HeldSource) return source;
    if (!this.isSmall(source)) return null;
    const bytes = source.bytes ?? source.takeReady?.(this.slabs, MOST_OF_ONE) ?? null;
    return bytes === null ? null : this.held(source, bytes);
  }

  /** What a packed file unpacks to; null where that is not small, or cannot be told at once. */
  unpacked(source: HeldSource): HeldSource | null {
    const { name, size, bytes, compression, warnings } = source;
    const inner = compressionOf(bytes);
    if (inner === null || this.left < MOST_OF_ONE || source === this.failed) return null;
    const length = this.atOnce.unpack(inner, bytes, this.slabs.room(MOST_OF_ONE));
    this.failed = length === null ? source : null;
    if (length === null) return null;
    const outer = compression === null ? inner : `${inner} in ${compression}`;
    const packed = { name, size, compression: outer, packedBytesRead: bytes.length, warnings };
    return this.held(packed, this.slabs.keep(length));
  }

  private isSmall({ size, unpackedSize = 0 }: ReadySource): boolean {
    return size !== null && Math.max(size, unpackedSize) <= Math.min(MOST_OF_ONE, this.left);
  }

  private held(source: Known, bytes: Uint8Array<ArrayBuffer>): HeldSource {
    this.left -= bytes.length;
    return new HeldSource(source, bytes);
  }

  private async read(
    source: ByteSource,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer>; fault: CaptureError | null } | null> {
    const reader = source.open();
    const room = this.slabs.room(MOST_OF_ONE);
    let length = 0;
    let fault: CaptureError | null = null;
    try {
      for (;;) {
        const piece = await reader.read(this.space);
        if (piece.buffer !== this.space.buffer) this.space = new Uint8Array(piece.buffer, 0, PIECE_BYTES);
        if (piece.length === 0) break;
        if (length + piece.length > MOST_OF_ONE) return null;
        room.set(piece, length);
        length += piece.length;
      }
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      if (source.readAt !== undefined) return null;
      fault = error;
    } finally {
      await reader.close();
    }
    return { bytes: this.slabs.keep(length), fault };
  }
}

/** What is known of a source besides its bytes. */
type Known = Pick<ByteSource, 'name' | 'size' | 'compression' | 'packedBytesRead' | 'warnings' | 'readAt'>;

/** A file whose bytes are held. */
export class HeldSource implements ByteSource {
  readonly name: string;
  readonly size: number | null;
  readonly compression: string | null;
  readonly packedBytesRead: number | null;
  readonly warnings: readonly CaptureWarning[];
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly isAnywhere: boolean;

  constructor(source: Known, bytes: Uint8Array<ArrayBuffer>) {
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

/** A file of which all bytes are held that come before what is wrong with it: every reading throws that behind them. */
export class FaultySource implements ByteSource {
  readonly name: string;
  readonly size: number | null;
  readonly compression: string | null;
  readonly packedBytesRead: number | null;
  readonly warnings: readonly CaptureWarning[];
  readonly beforeFault: BeforeFault;

  constructor(held: HeldSource, fault: CaptureError) {
    this.name = held.name;
    this.size = held.size;
    this.compression = held.compression;
    this.packedBytesRead = held.packedBytesRead;
    this.warnings = held.warnings;
    this.beforeFault = { bytes: held.bytes, fault };
  }

  open(): ByteReader {
    const reader = bufferSource(this.beforeFault.bytes).open();
    return {
      read: async (space) => {
        const bytes = await reader.read(space);
        if (bytes.length === 0) throw this.beforeFault.fault;
        return bytes;
      },
      close: () => reader.close(),
    };
  }
}
