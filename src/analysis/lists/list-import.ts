import { csvColumns } from './csv-list.ts';
import { indicatorText } from './indicator.ts';
import { LARGEST_LIST_BYTES, type ListProblem, listText } from './list.ts';
import { readList } from './read-list.ts';

/** What became of a file that was added to a list. */
export interface Imported {
  /** The list with the file's entries. */
  text: string;
  /** Entries of the file that the list did not have. */
  added: number;
  /** Entries of the file that it had. */
  known: number;
  /** Objects of a JSON file that no connection can meet. */
  others: number;
  /** Lines of the file that could not be read. They are not in the list, except where the file became it as it is. */
  problems: ListProblem[];
}

/** The part of a browser's `File` that is needed here. */
interface ListFile {
  name: string;
  size: number;
  text(): Promise<string>;
}

/** What became of a list to which files were added, one after another. */
export interface ImportedFiles {
  text: string;
  /** By file, in order: its name and what became of it. */
  files: (Omit<Imported, 'text'> & { name: string })[];
}

/** A list with the entries of some files at its end. A file that is too large for a list is a problem of its own. */
export async function withFiles(list: string, files: readonly ListFile[]): Promise<ImportedFiles> {
  const imported: ImportedFiles = { text: list, files: [] };
  for (const file of files) {
    const { text, ...what } =
      file.size <= LARGEST_LIST_BYTES ? withFile(imported.text, await file.text()) : tooLarge(imported.text);
    imported.text = text;
    imported.files.push({ name: file.name, ...what });
  }
  return imported;
}

function tooLarge(list: string): Imported {
  const reason = `the file is too large for a list, which has at most ${LARGEST_LIST_BYTES} bytes`;
  return { text: list, added: 0, known: 0, others: 0, problems: [{ line: 1, reason }] };
}

/**
 * A list with the entries of a file at its end, whatever form the file has. An empty list becomes the file as it is,
 * with its comments, where it has one entry a line: what was exported is imported as the same text.
 */
export function withFile(list: string, file: string): Imported {
  const { entries, problems, others } = readList(file);
  if (list.trim() === '' && isPlain(file)) return { text: file, added: entries.length, known: 0, others, problems };
  const plain = asPlainList(list);
  const has = new Set(readList(plain).entries.map(({ indicator }) => indicatorText(indicator)));
  const fresh = entries.filter(({ indicator }) => {
    const text = indicatorText(indicator);
    return !has.has(text) && has.add(text);
  });
  const before = plain === '' || plain.endsWith('\n') ? plain : `${plain}\n`;
  return {
    text: before + listText(fresh),
    added: fresh.length,
    known: entries.length - fresh.length,
    others,
    problems,
  };
}

/** A list as one entry a line. */
export function asPlainList(list: string): string {
  return isPlain(list) ? list : listText(readList(list).entries);
}

/** Whether a text is a list of one entry a line already; without an entry, a text in any form is. */
function isPlain(text: string): boolean {
  const isJson = /^[{[]/.test(text.trimStart()) && !/(?:^|[\r\n])[^\S\r\n]*\[[\da-f:.]+\]/i.test(text);
  return !isJson && csvColumns(text) === null;
}
