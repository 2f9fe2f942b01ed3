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
  const growing = new GrowingList(list);
  const imported: ImportedFiles['files'] = [];
  for (const file of files) {
    const what = file.size <= LARGEST_LIST_BYTES ? growing.add(await file.text()) : TOO_LARGE;
    imported.push({ name: file.name, ...what });
  }
  return { text: growing.text, files: imported };
}

const TOO_LARGE: Omit<Imported, 'text'> = {
  added: 0,
  known: 0,
  others: 0,
  problems: [{ line: 1, reason: `the file is too large for a list, which has at most ${LARGEST_LIST_BYTES} bytes` }],
};

/**
 * A list with the entries of a file at its end, whatever form the file has. An empty list becomes the file as it is,
 * with its comments, where it has one entry a line: what was exported is imported as the same text.
 */
export function withFile(list: string, file: string): Imported {
  const growing = new GrowingList(list);
  const what = growing.add(file);
  return { text: growing.text, ...what };
}

/** A list that files are added to, one after another: it is read once, however many there are. */
class GrowingList {
  private pieces: string[];
  private isBlank: boolean;
  /** Its entries in the one way they are written; null as long as nobody asked for them. */
  private has: Set<string> | null = null;

  constructor(list: string) {
    this.pieces = [list];
    this.isBlank = list.trim() === '';
  }

  get text(): string {
    return this.pieces.join('');
  }

  add(file: string): Omit<Imported, 'text'> {
    const { entries, problems, others } = readList(file);
    if (this.isBlank && isPlain(file)) {
      this.pieces = [file];
      this.has = null;
      this.isBlank = file.trim() === '';
      return { added: entries.length, known: 0, others, problems };
    }
    const has = (this.has ??= this.read());
    const fresh = entries.filter(({ indicator }) => {
      const text = indicatorText(indicator);
      return !has.has(text) && has.add(text);
    });
    this.pieces.push(listText(fresh));
    this.isBlank &&= fresh.length === 0;
    return { added: fresh.length, known: entries.length - fresh.length, others, problems };
  }

  /** Makes the list one of an entry a line that more can follow, and reads it. */
  private read(): Set<string> {
    const plain = asPlainList(this.text);
    this.pieces = [plain, plain === '' || plain.endsWith('\n') ? '' : '\n'];
    return new Set(readList(plain).entries.map(({ indicator }) => indicatorText(indicator)));
  }
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
