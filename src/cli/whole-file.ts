import { randomUUID } from 'node:crypto';
import { type BigIntStats, rmSync } from 'node:fs';
import { copyFile, type FileHandle, lstat, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { printable } from '../export/printable.ts';

/** A file that is being written, and what it lies in until it is whole: itself, where it has to be written in place. */
interface Unfinished {
  file: string;
  making: string;
}

const unfinished = new Set<Unfinished>();
/** What ends a program from outside, and lets it say so. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes a file that has its name only when it is whole: until then it lies beside it, hidden, and what was there before
 * stays. What a link, a device or a pipe leads to is written in place, and so is what nothing can be laid beside: of those
 * `write` is told, since what it wrote before it failed stays. Throws what it throws, and the system's errors.
 */
export async function writeWhole<T>(
  file: string,
  write: (handle: FileHandle, isInPlace: boolean) => Promise<T>,
): Promise<T> {
  const [handle, making] = await begin(file);
  const entry: Unfinished = { file, making };
  const isInPlace = making === file;
  if (unfinished.size === 0) for (const signal of ENDING) process.on(signal, endBy);
  unfinished.add(entry);
  try {
    const result = await write(handle, isInPlace).finally(() => handle.close());
    // A file may be there to be written and not to be replaced, as in a container that it is mounted into.
    if (!isInPlace) await rename(making, file).catch(() => copyFile(making, file));
    return result;
  } finally {
    if (!isInPlace) await rm(making, { force: true });
    unfinished.delete(entry);
    if (unfinished.size === 0) for (const signal of ENDING) process.off(signal, endBy);
  }
}

/** Opens what a file is to lie in until it is whole, or the file itself; comes back with its name, too. */
async function begin(file: string): Promise<[FileHandle, string]> {
  const before = await lstat(file).catch(() => null);
  // One of several names of a file stands for it, as a link does.
  if (before === null || (before.isFile() && before.nlink === 1)) {
    const making = path.join(path.dirname(file), `.beaconscope-${randomUUID()}.part`);
    const handle = await open(making, 'wx').catch(() => null);
    if (handle !== null) {
      if (before !== null) await handle.chmod(before.mode).catch(() => undefined);
      return [handle, making];
    }
  }
  return [await open(file, 'w'), file];
}

/** Takes away what is not whole, says so, and ends as the signal would have. */
function endBy(signal: NodeJS.Signals): void {
  for (const { file, making } of unfinished) {
    if (making !== file) rmSync(making, { force: true });
    const left = making === file ? 'what is in it is not whole' : 'it is not written';
    process.stderr.write(`error: ${printable(file)}: ended by ${signal}: ${left}\n`);
  }
  for (const each of ENDING) process.off(each, endBy);
  process.kill(process.pid, signal);
}

/** Device and number of a file, which all of its names share; null where there is none. */
export async function identityOf(file: string): Promise<string | null> {
  return stat(file, { bigint: true }).then(identityIn, () => null);
}

/** The same of what is known of it. */
export function identityIn({ dev, ino }: BigIntStats): string {
  return `${dev} ${ino}`;
}
