import { readFile } from 'node:fs/promises';
import { LARGEST_LIST_BYTES, type ListEntry, listText, MOST_ENTRIES } from '../analysis/lists/list.ts';
import { readList } from '../analysis/lists/read-list.ts';
import { sizeOf } from './captures.ts';
import { ReadError } from './output.ts';

/**
 * Reads lists from disk into one, and tells `onProblem` about what of them cannot be used, a line each. Throws a
 * `ReadError` when a file cannot be read, or when nothing of it can be used: a wrong file must not pass for an empty
 * list.
 */
export async function readLists(files: readonly string[], onProblem: (problem: string) => void): Promise<string> {
  const all: ListEntry[] = [];
  for (const file of files) {
    if ((await sizeOf(file)) > LARGEST_LIST_BYTES)
      throw new ReadError(`${file}: too large for a list, which has at most ${LARGEST_LIST_BYTES} bytes`);
    const { entries, problems, others } = readList(await readFile(file, 'utf8'));
    for (const { line, reason } of problems) onProblem(`${file}: line ${line}: ${reason}`);
    if (others > 0)
      onProblem(
        `${file}: ${others} ${others === 1 ? 'object is' : 'objects are'} about something else than connections`,
      );
    if (entries.length === 0 && problems.length > 0)
      throw new ReadError(`${file}: cannot be used as a list: line ${problems[0].line}: ${problems[0].reason}`);
    const left = MOST_ENTRIES - all.length;
    for (const entry of entries.slice(0, left)) all.push(entry);
    if (entries.length > left)
      onProblem(
        `${file}: line ${entries[left].line}: from here on left out: all lists together hold at most ${MOST_ENTRIES} entries`,
      );
  }
  return listText(all);
}
