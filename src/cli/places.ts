import { fstatSync } from 'node:fs';
import { readlink, realpath } from 'node:fs/promises';
import { devNull } from 'node:os';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { STANDARD_OUTPUT, type Streams } from './output.ts';
import { identityIn, identityOf } from './whole-file.ts';
import { UsageError } from './connection-ends.ts';

/** What a command writes, and where it goes: a file, or `STANDARD_OUTPUT`. */
export type Output = readonly [what: string, place: string];

/**
 * A capture's file name, packed, numbered or neither, where an output's is expected: an option lost its value and took the
 * next word. What is called after a capture (day.pcap.json) is none.
 */
const CAPTURE_NAME = /\.(pcap|pcapng|ntar|cap|dmp)(\.(gz|zst|lz4|xz|bz2|zip|tar|\d+))?$/i;
/** Links that are followed to a file that is not there, as many as Linux follows. */
const MOST_LINKS = 40;

/** A shell sends a stream to what is read: words on it would change that. */
export class SpoiltInput extends UsageError {
  /** Where it can be said; null where both streams go to what is read. */
  readonly saidOn: Writable | null;

  constructor(message: string, saidOn: Writable | null) {
    super(message);
    this.saidOn = saidOn;
  }
}

/** What a command's outputs are, of a command's fields by these names; what goes nowhere is left out. */
export function outputsIn<Name extends string>(
  command: Readonly<Record<Name, string | null>>,
  names: readonly Name[],
): Output[] {
  return names.flatMap((what) => {
    const place = command[what];
    return place === null ? [] : [[what, place]];
  });
}

/** Refuses file names that cannot be meant, and two outputs in one place. Throws a `UsageError`. */
export function checkNames(outputs: readonly Output[]): void {
  const taken = new Map<string, string>();
  for (const [what, output] of outputs) {
    if (output === '') throw new UsageError('an output option has an empty file name');
    if (!isFile(output)) continue;
    if (CAPTURE_NAME.test(output) && what !== 'carve') throw captureRefusal(output);
    const place = path.resolve(output);
    const other = taken.get(place);
    if (other !== undefined) throw new UsageError(`${output} cannot hold both ${other} and ${what}`);
    taken.set(place, what);
  }
}

/** Whether an output holds what was written to it, and so no other. */
function isFile(output: string): boolean {
  return output !== STANDARD_OUTPUT && output !== devNull;
}

/** That an output is a capture. */
export function captureRefusal(output: string): UsageError {
  return new UsageError(`${output} is a capture and would be overwritten: choose another name`);
}

/**
 * Refuses to write where something lies that is read, under whatever name: a link to a capture is the capture, and so are
 * standard output and errors that a shell sends there. Throws a `UsageError`, for those a `SpoiltInput`.
 *
 * @param files what is read, as many as were found
 */
export async function checkPlaces(
  outputs: readonly Output[],
  files: readonly string[],
  streams: Streams,
): Promise<void> {
  const read = new Map<string, string>();
  const ofFiles = outputs.filter(([, output]) => isFile(output));
  const redirected = [
    { what: 'standard error', stream: streams.errors, identity: redirectedTo(streams.errors) },
    { what: 'standard output', stream: streams.output, identity: redirectedTo(streams.output) },
  ];
  if (ofFiles.length === 0 && redirected.every(({ identity }) => identity === null)) return;
  for (const file of files) {
    const identity = await identityOf(file);
    if (identity !== null) read.set(identity, file);
  }
  const written = new Map<string, string>();
  for (const { what, identity } of redirected) {
    if (identity === null) continue;
    const changed = read.get(identity);
    if (changed !== undefined) {
      const harmless = redirected.find((other) => other.identity === null || !read.has(other.identity));
      const words = `${what} goes to ${changed}, which is read, and would change it: send it elsewhere`;
      throw new SpoiltInput(words, harmless?.stream ?? null);
    }
    written.set(identity, what);
  }
  for (const [what, output] of ofFiles) {
    const identity = (await identityOf(output)) ?? (await placeOf(output));
    const overwritten = read.get(identity);
    if (overwritten !== undefined)
      throw new UsageError(`${output} is ${overwritten}, which is read, and would be overwritten: choose another name`);
    const other = written.get(identity);
    if (other !== undefined) throw new UsageError(`${output} cannot hold both ${other} and ${what}`);
    written.set(identity, what);
  }
}

/**
 * The file that a shell sends a stream to; null where it goes elsewhere. One that is empty has nothing to lose: a
 * shell makes it in a folder before that is read.
 */
function redirectedTo(standard: Writable): string | null {
  if (!('fd' in standard) || typeof standard.fd !== 'number') return null;
  const status = fstatSync(standard.fd, { bigint: true });
  return status.isFile() && status.size > 0n ? identityIn(status) : null;
}

/** What a file that is not there yet will be, by the folder that really holds it, also where a link leads to it. */
async function placeOf(file: string, links = MOST_LINKS): Promise<string> {
  const { dir, base } = path.parse(path.resolve(file));
  const target = links === 0 ? null : await readlink(file).catch(() => null);
  if (target !== null) return placeOf(path.resolve(dir, target), links - 1);
  return path.join(await realpath(dir).catch(() => dir), base);
}
