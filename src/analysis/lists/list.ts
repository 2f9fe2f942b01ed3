import type { Indicator } from './indicator.ts';
import { indicatorText } from './indicator.ts';

export interface ListEntry {
  /** Line of the text it came from, counted from 1; in JSON the place of its object. */
  line: number;
  indicator: Indicator;
  /** What its author wrote beside it, '' for nothing. */
  note: string;
}

/** A line that is not what it should be; the rest of the list holds all the same. */
export interface ListProblem {
  line: number;
  reason: string;
}

/** What was read of a list. */
export interface List {
  entries: ListEntry[];
  problems: ListProblem[];
  /** Objects of a JSON list that are about something else than connections, such as hashes of files. */
  others: number;
}

/** A file that is longer than this is no list, but something else. */
export const LARGEST_LIST_BYTES = 64 * 2 ** 20;
/** A list longer than this is cut, with a problem that says so. */
export const MOST_ENTRIES = 200_000;
const MOST_PROBLEMS = 1000;
/** So many lines that cannot be read are passed over: a file of more is something else. */
export const MOST_UNREAD = 1_000_000;
const LONGEST_NOTE = 200;
/** Characters of a note that are looked at: an event's one note comes with each of its thousands of entries. */
const LOOKED_AT = 4 * LONGEST_NOTE;

/** Gathers entries and problems within bounds. */
export class ListBuilder {
  readonly list: List = { entries: [], problems: [], others: 0 };
  private isFull = false;
  private unread = 0;

  /** Whether another entry has room; where it has not, that is the last problem of the list. */
  add(line: number, indicator: Indicator, note: string): boolean {
    if (this.list.entries.length >= MOST_ENTRIES) {
      if (!this.isFull)
        this.list.problems.push({
          line,
          reason: `from here on left out: a list holds at most ${MOST_ENTRIES} entries`,
        });
      this.isFull = true;
      return false;
    }
    this.list.entries.push({ line, indicator, note: noteText(note) });
    return true;
  }

  /** Takes down what is wrong with a line. Whether more of them are looked at; where not, that is the last problem. */
  problem(line: number, reason: string): boolean {
    const { problems } = this.list;
    this.unread++;
    if (problems.length < MOST_PROBLEMS) problems.push({ line, reason });
    else if (problems.length === MOST_PROBLEMS) problems.push({ line, reason: 'and further problems from here on' });
    if (this.unread < MOST_UNREAD) return true;
    problems.push({ line, reason: `what follows is left out: ${MOST_UNREAD} lines could not be read` });
    return false;
  }

  other(): void {
    this.list.others++;
  }
}

/** A list as text, an entry a line with its note: reading it gives the same entries. */
export function listText(entries: readonly Pick<ListEntry, 'indicator' | 'note'>[]): string {
  return entries
    .map(({ indicator, note }) => `${indicatorText(indicator)}${note === '' ? '' : `  # ${note}`}\n`)
    .join('');
}

/** A note in one line without control characters, cut to what a row has room for. */
function noteText(note: string): string {
  return note
    .slice(0, LOOKED_AT)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NOTE)
    .trim();
}
