import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file could not be written; the message is one line. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
}

/** Writes texts to a file, replacing what it held. Throws a `WriteError`. */
export async function writeFileOf(texts: Iterable<string>, file: string): Promise<void> {
  try {
    await pipeline(Readable.from(texts), createWriteStream(file));
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new WriteError(`${file}: cannot be written (${cause.code})`, { cause });
  }
}

/** Writes texts to standard output; a reader that has seen enough (`| head`) ends it without a word. */
export async function print(texts: Iterable<string>, output: Writable): Promise<void> {
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
