import type { CaptureError } from './errors.ts';
import type { CaptureWarning } from './warnings.ts';

/** Where a capture's bytes come from: anything that can be read once from front to back. */
export interface ByteSource {
  /** What the analyst calls it; used in messages only. */
  readonly name: string;
  /** Bytes in all, null where that is not known before the end. */
  readonly size: number | null;
  /** What the bytes were packed with, for a source that unpacks: known once reading has begun, else null. */
  readonly compression?: string | null;
  /** For a source that unpacks: bytes of the packed file that the latest reading has taken; else null. */
  readonly packedBytesRead?: number | null;
  /** For a source that unpacks: what is to be said of the bytes that the latest reading has taken. */
  readonly warnings?: readonly CaptureWarning[];
  /** All of its bytes, where they are in memory already and stay as they are: then it need not be opened. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** The bytes before a fault that every reading ends with, and the fault, where they are in memory: then it need not be opened, either. */
  readonly beforeFault?: BeforeFault;
  /** Starts reading at the first byte; may be called again for a second reading. */
  open(): ByteReader;
  /** Reads the bytes from `start` up to, not including, `end`, for sources that can be read at any place. */
  readonly readAt?: ((start: number, end: number) => Promise<ArrayBuffer>) | undefined;
}

/** What of a file can be read, all of it in memory, and why there is no more. */
export interface BeforeFault {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fault: CaptureError;
}

/** One reading of a source. */
export interface ByteReader {
  /**
   * Reads the next bytes into `space` (at least one byte long) and resolves with what was filled; empty at the end.
   * The result may lie over another buffer than `space`: a browser's byte stream moves the buffer it fills.
   */
  read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/**
 * Bytes that are in memory already.
 *
 * @param bytes all of the file
 * @param name what messages call it
 * @returns a source for `readPackets`
 */
export function bufferSource(bytes: Uint8Array, name = 'buffer'): ByteSource {
  return {
    name,
    size: bytes.length,
    open() {
      let position = 0;
      return {
        async read(space) {
          const count = Math.min(space.length, bytes.length - position);
          space.set(bytes.subarray(position, position + count));
          position += count;
          return space.subarray(0, count);
        },
        async close() {},
      };
    },
    async readAt(start, end) {
      return new Uint8Array(bytes.subarray(start, end)).buffer;
    },
  };
}

/** The part of Node's `FileHandle` that is needed here, so that the package imports nothing of Node's. */
export interface FileHandleLike {
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }>;
}

/**
 * A file opened with Node's `fs/promises.open`. Closing the handle stays with the caller.
 *
 * @param handle the open file
 * @param size its bytes, from its `stat`
 * @param name what messages call it
 * @returns a source for `readPackets`
 */
export function fileHandleSource(handle: FileHandleLike, size: number, name: string): ByteSource {
  return {
    name,
    size,
    open() {
      let position = 0;
      return {
        async read(space) {
          const { bytesRead } = await handle.read(space, 0, space.length, position);
          position += bytesRead;
          return space.subarray(0, bytesRead);
        },
        async close() {},
      };
    },
    async readAt(start, end) {
      const space = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      let filled = 0;
      while (filled < space.length) {
        const { bytesRead } = await handle.read(space, filled, space.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return space.buffer.slice(0, filled);
    },
  };
}
