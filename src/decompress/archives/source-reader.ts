import { Reader } from '@zip.js/zip.js/lib/zip-core-native.js';
import { type ByteReader, type ByteSource, CaptureError } from 'pcap-ts-parser';

/** The list of what is in an archive is read at once, and no more of it than this. */
const MOST_AT_ONCE = 1 << 26;
/** Files may be small and many: of the archive so much is read at once, and kept until another part is asked for. */
const WINDOW_BYTES = 1 << 16;

/** The archive's bytes as the library asks for them. */
export class SourceReader extends Reader<ByteSource> {
  /** Why the archive itself could not be read. */
  fault: CaptureError | null = null;
  private readonly source: ByteSource;
  private window = new Uint8Array(0);
  private windowStart = 0;

  constructor(source: ByteSource) {
    super(source);
    this.source = source;
    this.size = source.size ?? 0;
  }

  /** The same as a function. */
  readonly asked = (offset: number, length: number): Promise<Uint8Array> => this.readUint8Array(offset, length);

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    if (length > MOST_AT_ONCE)
      throw new CaptureError('other-format', offset, `its list of files has more than ${MOST_AT_ONCE} bytes`);
    const held = this.held(offset, length);
    if (held !== null) return held;
    try {
      const end = Math.min(this.size, offset + Math.max(length, WINDOW_BYTES));
      const bytes = new Uint8Array((await this.source.readAt?.(offset, end)) ?? new ArrayBuffer(0));
      if (length >= WINDOW_BYTES) return bytes;
      this.window = bytes;
      this.windowStart = offset;
      return bytes.slice(0, length);
    } catch (cause) {
      const message = `the archive cannot be read any further: ${String(cause)}`;
      this.fault = cause instanceof CaptureError ? cause : new CaptureError('unreadable', offset, message, { cause });
      throw this.fault;
    }
  }

  /** Bytes from a place on, as far as they were read last. */
  ready(offset: number): Uint8Array {
    const at = offset - this.windowStart;
    return this.window.subarray(at < 0 ? this.window.length : at);
  }

  /** What was read before, as a copy: the library decrypts in place. */
  private held(offset: number, length: number): Uint8Array | null {
    const at = offset - this.windowStart;
    return at >= 0 && at + length <= this.window.length ? this.window.slice(at, at + length) : null;
  }

  /** Reads a stretch of the archive front to back. */
  open(start: number, length: number): ByteReader {
    let position = start;
    return {
      read: async (space) => {
        const count = Math.min(space.length, start + length - position);
        const bytes = count === 0 ? space.subarray(0, 0) : await this.readUint8Array(position, count);
        position += bytes.length;
        space.set(bytes);
        return space.subarray(0, bytes.length);
      },
      close: async () => {},
    };
  }
}
