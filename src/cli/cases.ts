import { readFile } from 'node:fs/promises';
import type { Case } from '../analysis/report/case.ts';
import { caseOfFile, LARGEST_CASE_BYTES, lossWords } from '../analysis/report/case-file.ts';
import { sizeOf } from './captures.ts';
import { ReadError } from './output.ts';

/**
 * What cases on the disk say, later ones before earlier ones, and all of them before what was said already. Tells
 * `onProblem` about what of them is left out. Throws a `ReadError` for a file that is none.
 */
export async function withCases(
  said: Case,
  files: readonly string[],
  onProblem: (problem: string) => void,
): Promise<Case> {
  const all = new Map(said);
  for (const file of files) {
    if ((await sizeOf(file)) > LARGEST_CASE_BYTES)
      throw new ReadError(`${file}: too large for a case, which has at most ${LARGEST_CASE_BYTES} bytes`);
    const read = caseOfFile(new TextDecoder().decode(await readFile(file)));
    if (read === null) throw new ReadError(`${file}: not a case that was saved, or one of a later version`);
    const lossText = lossWords(read);
    if (lossText !== '') onProblem(`${file}: ${lossText}`);
    for (const [key, remark] of read.remarks) all.set(key, remark);
  }
  return all;
}
