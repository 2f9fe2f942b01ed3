import { CaptureError } from './errors.ts';
import type { ByteReader } from './source.ts';

/**
 * Room before each chunk for the end of the one before, as much as a chunk at most: a record that spans two chunks moves
 * once, and lies in one piece.
 */
const HEADROOM = 1 << 18;

/**
 * Buffers of readings that have ended, for those that begin: thousands of small files would each have a megabyte cleared
 * for them. Readings beside each other take turns with at most so many bytes.
 */
const idle: ArrayBuffer[] = [];
const MOST_IDLE_BYTES = 1 << 24;

/** What a window holds before the first chunk. */
const NO_BYTES = new Uint8Array(0);
const NO_VIEW = new DataView(NO_BYTES.buffer);

/** A buffer with a headroom of free bytes, then `length` bytes of the source. */
interface Chunk {
  buffer: ArrayBuffer;
  length: number;
}

/**
 * A stretch of the source that is in memory: `bytes[start .. end)` are the bytes at `offset` and on.
 *
 * Two buffers take turns: while one is decoded, the other is filled. A record longer than the headroom gets a
 * buffer of its own, which grows only as bytes really arrive.
 */
export class ByteWindow {
  bytes: Uint8Array<ArrayBuffer> = NO_BYTES;
  /** The same bytes, for numbers. */
  view = NO_VIEW;
  start = 0;
  end = 0;
  /** Offset in the source of `bytes[0]`; below 0 while the headroom of the first chunk is unused. */
  private base = 0;
  /** Null for bytes that are all in memory already. */
  private readonly reader: ByteReader | null;
  private readonly chunkBytes: number;
  private readonly headroom: number;
  private spare: ArrayBuffer | null = null;
  private current: ArrayBuffer | null = null;
  private pending: Promise<Chunk> | null = null;
  private finished = false;
  private bytesRead = 0;
  private failure: CaptureError | null = null;

  constructor(reader: ByteReader | null, chunkBytes: number) {
    this.reader = reader;
    this.chunkBytes = chunkBytes;
    this.headroom = Math.min(HEADROOM, chunkBytes);
  }

  /** A window of all there is. */
  static over(bytes: Uint8Array<ArrayBuffer>): ByteWindow {
    const window = new ByteWindow(null, bytes.length);
    window.bytes = bytes;
    window.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    window.end = bytes.length;
    window.finished = true;
    return window;
  }

  /** Offset in the source of `bytes[start]`. */
  get offset(): number {
    return this.base + this.start;
  }

  /** Offset in the source of `bytes[position]`. */
  offsetOf(position: number): number {
    return this.base + position;
  }

  /**
   * Makes at least `wanted` bytes lie at `start`, in one piece, as far as the source has them. Resolves with false when
   * there is nothing more to read. Positions taken before the call are void after it. Throws a `CaptureError` once all
   * bytes before a failed read have been handed out: the source's own, or "unreadable".
   */
  async more(wanted: number): Promise<boolean> {
    const had = this.end - this.start;
    let grown = false;
    do {
      const chunk = await this.nextChunk();
      if (chunk === null) break;
      grown = true;
      this.append(chunk, wanted);
    } while (this.end - this.start < wanted);
    return grown && this.end - this.start > had;
  }

  /** Passes over `count` bytes, which may lie beyond what is in memory. Resolves with how many there were. */
  async skip(count: number): Promise<number> {
    let left = count;
    for (;;) {
      left -= this.pass(left);
      if (left === 0) return count;
      if (!(await this.more(1))) return count - left;
    }
  }

  /** Passes over as many of `count` bytes as are in memory; comes back with how many. */
  pass(count: number): number {
    const step = Math.min(count, this.end - this.start);
    this.start += step;
    return step;
  }

  async close(): Promise<void> {
    const chunk = await this.pending;
    for (const buffer of [this.current, this.spare, chunk?.buffer ?? null]) {
      if (buffer?.byteLength === this.headroom + this.chunkBytes) idle.push(buffer);
    }
    let bytes = idle.reduce((sum, { byteLength }) => sum + byteLength, 0);
    while (bytes > MOST_IDLE_BYTES) bytes -= idle.shift()?.byteLength ?? 0;
    this.current = this.spare = this.pending = null;
    await this.reader?.close();
  }

  private append(chunk: Chunk, wanted: number): void {
    const unread = this.end - this.start;
    const offset = this.offset;
    if (unread <= this.headroom) {
      const next = new Uint8Array(chunk.buffer);
      const start = this.headroom - unread;
      next.set(this.bytes.subarray(this.start, this.end), start);
      this.spare = this.current;
      this.current = chunk.buffer;
      this.bytes = next;
      this.start = start;
      this.end = this.headroom + chunk.length;
    } else {
      const total = unread + chunk.length;
      let target = this.bytes;
      let start = this.start;
      if (this.end + chunk.length > target.length) {
        // Doubling keeps the copying linear, and no buffer is sized from a length the file claims.
        target = new Uint8Array(Math.min(Math.max(wanted, total), total * 2));
        target.set(this.bytes.subarray(this.start, this.end));
        start = 0;
        if (this.current !== null) this.spare = this.current;
        this.current = null;
      }
      target.set(new Uint8Array(chunk.buffer, this.headroom, chunk.length), start + unread);
      this.spare ??= chunk.buffer;
      this.bytes = target;
      this.start = start;
      this.end = start + total;
    }
    this.view = new DataView(this.bytes.buffer);
    this.base = offset - this.start;
  }

  private async nextChunk(): Promise<Chunk | null> {
    if (this.finished) {
      if (this.failure !== null) throw this.failure;
      return null;
    }
    const chunk = await (this.pending ?? this.fill(this.takeSpare()));
    this.pending = null;
    if (chunk.length < this.chunkBytes) this.finished = true;
    else this.pending = this.fill(this.takeSpare());
    if (chunk.length > 0) return chunk;
    this.spare ??= chunk.buffer;
    return this.nextChunk();
  }

  private takeSpare(): ArrayBuffer {
    const length = this.headroom + this.chunkBytes;
    const place = idle.findIndex(({ byteLength }) => byteLength === length);
    const buffer = this.spare ?? (place < 0 ? new ArrayBuffer(length) : idle.splice(place, 1)[0]);
    this.spare = null;
    return buffer;
  }

  private async fill(buffer: ArrayBuffer): Promise<Chunk> {
    const chunk: Chunk = { buffer, length: 0 };
    try {
      while (chunk.length < this.chunkBytes) {
        const space = new Uint8Array(chunk.buffer, this.headroom + chunk.length, this.chunkBytes - chunk.length);
        const filled = await this.reader?.read(space);
        if (filled === undefined || filled.length === 0) break;
        chunk.buffer = filled.buffer;
        chunk.length += filled.length;
        this.bytesRead += filled.length;
      }
    } catch (cause) {
      this.failure = cause instanceof CaptureError ? cause : unreadable(this.bytesRead, cause);
    }
    return chunk;
  }
}

function unreadable(offset: number, cause: unknown): CaptureError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CaptureError('unreadable', offset, `reading failed: ${reason}`, { cause });
}
