import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { devNull } from 'node:os';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NotSaved } from '../saved/pack.ts';
import { identityOf, writeWhole } from './whole-file.ts';

/** Where a call of the program writes; the process's own streams, or a test's. */
export interface Streams {
  output: Writable;
  errors: Writable;
}

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
  await written(file, (handle) => pipeline(Readable.from(texts), handle.createWriteStream()));
}

/**
 * What went wrong, as a `WriteError` where the system or what is written is at fault; what was written before a disk was
 * full, say, must not pass for all of it.
 */
function notWritten(file: string, cause: unknown, isInPlace: boolean): unknown {
  if (cause instanceof NotSaved) return new WriteError(`${file}: ${cause.message}`, { cause });
  if (!isSystemError(cause)) return cause;
  const left = isInPlace || cause.syscall === 'copyfile' ? ': what is in it is not whole' : '';
  return new WriteError(`${file}: cannot be written (${cause.code})${left}`, { cause });
}

/**
 * Opens a file for pieces that come by themselves, replacing what it held, and closes it when `work` is done: a piece
 * is written before the next one is made. Throws a `WriteError`.
 */
export function writePieces<T>(file: string, work: (write: (piece: Uint8Array) => void) => Promise<T>): Promise<T> {
  return written(file, ({ fd }) =>
    work((piece) => {
      for (let done = 0; done < piece.length;) done += writeSync(fd, piece, done);
    }),
  );
}

/** Writes a file as a whole. Throws a `WriteError`. */
async function written<T>(file: string, write: (handle: FileHandle) => Promise<T>): Promise<T> {
  let inPlace = false;
  try {
    return await writeWhole(file, (handle, isInPlace) => {
      inPlace = isInPlace;
      return write(handle);
    });
  } catch (cause) {
    throw notWritten(file, cause, inPlace);
  }
}

/** Standard output as the place a text goes to. */
export const STANDARD_OUTPUT = '-';

/** One thing to write: where, and the pieces it is made of. */
export interface TextOutput {
  place: string;
  pieces: Iterable<string | Uint8Array>;
}

/** Writes each where it goes: one that cannot be written keeps no other from it. */
export class Outputs {
  /** Whether any went to standard output. */
  isPrinted = false;
  private readonly output: Writable;
  private readonly failures: WriteError[] = [];
  /** What was written, by device and number: two names may turn out to be one file where neither was there before. */
  private readonly written = new Map<string, string>();

  constructor(output: Writable) {
    this.output = output;
  }

  async write(outputs: readonly TextOutput[]): Promise<void> {
    for (const { place, pieces } of outputs) {
      if (place === STANDARD_OUTPUT) {
        this.isPrinted = true;
        await this.print(pieces);
      } else await this.file(place, () => writeFileOf(pieces, place));
    }
  }

  /** Has a file written by what may throw a `WriteError`, unless it is another of the outputs. */
  file(place: string, write: () => Promise<void>): Promise<void> {
    return this.attempt(async () => {
      const other = this.written.get((await identityOf(place)) ?? '');
      if (other !== undefined) throw new WriteError(`${place}: not written: it is the same file as ${other}`);
      await write();
      const identity = place === devNull ? null : await identityOf(place);
      if (identity !== null) this.written.set(identity, place);
    });
  }

  /** Writes to standard output what was not asked for by a place. */
  print(pieces: Iterable<string | Uint8Array>): Promise<void> {
    return this.attempt(() => print(pieces, this.output));
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      this.failures.push(error);
    }
  }

  /** Throws a `WriteError` where anything could not be written. */
  end(): void {
    if (this.failures.length > 0) throw new WriteError(this.failures.map(({ message }) => message).join('; '));
  }
}

/** Writes texts or bytes to standard output; a reader that has seen enough (`| head`) ends it without a word. */
export async function print(texts: Iterable<string | Uint8Array>, output: Writable): Promise<void> {
  try {
    await pipeline(Readable.from(texts), output, { end: false });
  } catch (cause) {
    if (isSystemError(cause) && cause.code === 'EPIPE') return;
    throw notWritten('standard output', cause, true);
  }
}

/** Whether an error comes from the operating system, with a code such as `ENOENT`. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}
