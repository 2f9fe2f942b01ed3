import { closeSync, createWriteStream, openSync, writeSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A capture could not be read; the message names it and is one line. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
}

/** A file could not be written; the message is one line. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

/** Writes texts or bytes to a file, replacing what it held. Throws a `WriteError`. */
export async function writeFileOf(texts: Iterable<string | Uint8Array>, file: string): Promise<void> {
  try {
    await pipeline(Readable.from(texts), createWriteStream(file));
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new WriteError(`${file}: cannot be written (${cause.code})`, { cause });
  }
}

/**
 * Opens a file for pieces that come by themselves, replacing what it held, and closes it when `work` is done: a piece
 * is written before the next one is made. Throws a `WriteError`.
 */
export async function writePieces<T>(
  file: string,
  work: (write: (piece: Uint8Array) => void) => Promise<T>,
): Promise<T> {
  const writing = <R>(step: () => R): R => {
    try {
      return step();
    } catch (cause) {
      if (!isSystemError(cause)) throw cause;
      throw new WriteError(`${file}: cannot be written (${cause.code})`, { cause });
    }
  };
  const handle = writing(() => openSync(file, 'w'));
  try {
    return await work((piece) => {
      for (let done = 0; done < piece.length;) done += writing(() => writeSync(handle, piece, done));
    });
  } finally {
    closeSync(handle);
  }
}

/** Standard output as the place a text goes to. */
export const STANDARD_OUTPUT = '-';

/** One thing to write: where, and the pieces it is made of. */
export interface TextOutput {
  place: string;
  pieces: Iterable<string | Uint8Array>;
}

/** Writes each where it goes. Resolves with whether any went to standard output. Throws a `WriteError`. */
export async function writeAll(outputs: readonly TextOutput[], output: Writable): Promise<boolean> {
  for (const { place, pieces } of outputs) {
    if (place === STANDARD_OUTPUT) await print(pieces, output);
    else await writeFileOf(pieces, place);
  }
  return outputs.some(({ place }) => place === STANDARD_OUTPUT);
}

/** Writes texts or bytes to standard output; a reader that has seen enough (`| head`) ends it without a word. */
export async function print(texts: Iterable<string | Uint8Array>, output: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(texts), output, { end: false });
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    if (cause.code === 'EPIPE') return;
    throw new WriteError(`standard output: cannot be written (${cause.code})`, { cause });
  }
}

/** Whether an error comes from the operating system, with a code such as `ENOENT`. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}
