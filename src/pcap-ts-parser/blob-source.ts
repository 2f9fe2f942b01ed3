import type { ByteReader, ByteSource } from './source.ts';

/** A stream gives some hundred kilobytes at a time, however much it is asked for. */
const MOST_AT_ONCE = 1 << 20;

/** The part of a browser's `Blob` or `File` (and Node's) that is needed here. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
  /** Without it, or where its stream fills no buffers, the blob is read in slices, which takes several times as long. */
  stream?(): { getReader(options: { mode: 'byob' }): FillingReader };
}

/** The part of a `ReadableStreamBYOBReader` that is needed here: it takes a buffer away and gives it back filled. */
interface FillingReader {
  read(space: Uint8Array<ArrayBuffer>): Promise<{ value?: Uint8Array<ArrayBuffer> | undefined }>;
  cancel(): Promise<void>;
}

/**
 * A `File` or `Blob`. Read piece by piece: the whole is never in memory, and the bytes are read by another thread.
 *
 * @param blob the file
 * @param name what messages call it
 * @returns a source for `readPackets`
 */
export function blobSource(blob: BlobLike, name = 'blob'): ByteSource {
  return {
    name,
    size: blob.size,
    open: () => new BlobReader(blob),
    readAt: (start, end) => blob.slice(start, end).arrayBuffer(),
  };
}

/** Reads a blob's stream as far as that goes, and the rest in slices: those say what is wrong with a file. */
class BlobReader implements ByteReader {
  private readonly blob: BlobLike;
  private stream: FillingReader | null;
  private buffer = new ArrayBuffer(0);
  private position = 0;

  constructor(blob: BlobLike) {
    this.blob = blob;
    this.stream = streamOf(blob);
  }

  async read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const wanted = Math.min(space.length, this.blob.size - this.position);
    if (wanted === 0) {
      await this.checkUnchanged();
      return space.subarray(0, 0);
    }
    const bytes = (await this.streamed(wanted)) ?? (await this.sliced(wanted));
    this.position += bytes.length;
    // A copy: a stream that fails keeps the buffer that it was given, with what was read into it before.
    space.set(bytes);
    return space.subarray(0, bytes.length);
  }

  async close(): Promise<void> {
    const { stream } = this;
    this.stream = null;
    await stream?.cancel().catch(() => {});
  }

  /** Null where there is no stream, or not any more. */
  private async streamed(wanted: number): Promise<Uint8Array | null> {
    if (this.stream === null) return null;
    const length = Math.min(wanted, MOST_AT_ONCE);
    if (this.buffer.byteLength < length) this.buffer = new ArrayBuffer(length);
    try {
      const { value } = await this.stream.read(new Uint8Array(this.buffer, 0, length));
      if (value !== undefined && value.length > 0) {
        this.buffer = value.buffer;
        return value;
      }
    } catch {
      // The slice at this place fails likewise, and says why.
    }
    this.stream = null;
    return null;
  }

  /** Whether the file is still the one that was picked, a stream asks only when it begins, and a slice every time. */
  private async checkUnchanged(): Promise<void> {
    if (this.stream === null || this.position === 0) return;
    await this.close();
    await this.blob.slice(this.position - 1, this.position).arrayBuffer();
  }

  private async sliced(wanted: number): Promise<Uint8Array> {
    return new Uint8Array(await this.blob.slice(this.position, this.position + wanted).arrayBuffer());
  }
}

/** A stream that fills buffers; null where a blob has none. */
function streamOf(blob: BlobLike): FillingReader | null {
  try {
    return blob.stream?.().getReader({ mode: 'byob' }) ?? null;
  } catch {
    return null;
  }
}
