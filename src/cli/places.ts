import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type AnalyzeCommand, outputsOf } from './arguments.ts';
import { STANDARD_OUTPUT } from './output.ts';
import { UsageError } from './connection-ends.ts';

/**
 * Refuses to write where something lies that is read, under whatever name: a link to a capture is the capture. Throws a
 * `UsageError`.
 *
 * @param files captures, as many as were found
 */
export async function checkPlaces(command: AnalyzeCommand, files: readonly string[]): Promise<void> {
  const read = new Map<string, string>();
  const outputs = outputsOf(command).filter(([, output]) => output !== STANDARD_OUTPUT);
  if (outputs.length === 0) return;
  for (const file of [...files, ...command.allow, ...command.watch]) {
    const identity = await identityOf(file);
    if (identity !== null) read.set(identity, file);
  }
  const written = new Map<string, string>();
  for (const [what, output] of outputs) {
    const identity = (await identityOf(output)) ?? (await placeOf(output));
    const overwritten = read.get(identity);
    if (overwritten !== undefined)
      throw new UsageError(`${output} is ${overwritten}, which is read, and would be overwritten: choose another name`);
    const other = written.get(identity);
    if (other !== undefined) throw new UsageError(`${output} cannot hold both ${other} and ${what}`);
    written.set(identity, what);
  }
}

/** Device and number of a file, which all of its names share; null where there is none. */
async function identityOf(file: string): Promise<string | null> {
  return stat(file, { bigint: true }).then(
    ({ dev, ino }) => `${dev} ${ino}`,
    () => null,
  );
}

/** What a file that is not there yet will be, by the folder that really holds it. */
async function placeOf(file: string): Promise<string> {
  const { dir, base } = path.parse(path.resolve(file));
  return path.join(await realpath(dir).catch(() => dir), base);
}
