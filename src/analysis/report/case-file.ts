import { type Case, type Remark, tagsOf, VERDICTS } from './case.ts';
import { keyOf, subjectOf, SUBJECTS } from './case-keys.ts';

/** Version of the file that a case is kept in. */
const VERSION = 1;
/** What a kept case may hold at most: it is read back from storage and files that others may have written. */
export const MOST_REMARKS = 10_000;
const LONGEST_NOTE = 10_000;

/** A case that was read. */
export interface ReadCase {
  remarks: Case;
  /** Remarks that were not: those above `MOST_REMARKS`, and what is none. */
  leftOut: number;
}

/** A case as a file: JSON, one remark after the other, each with what it is about, and the captures of all. */
export function caseText(remarks: Case, captures: readonly string[]): string {
  const said = Array.from(remarks, ([key, remark]) => {
    const { subject, name } = subjectOf(key);
    return { [subject]: name, ...remark };
  });
  return `${JSON.stringify({ beaconscopeCase: VERSION, captures, remarks: said }, null, 2)}\n`;
}

/** The case of a file; empty where it is none. */
export function caseOfText(text: string): ReadCase {
  const written = remarksIn(text);
  const entries = written.slice(0, MOST_REMARKS).flatMap((remark) => entryOf(remark));
  return { remarks: new Map(entries), leftOut: written.length - entries.length };
}

/** How many remarks of a case were not read, in words; '' for none. */
export function leftOutWords(leftOut: number): string {
  if (leftOut === 0) return '';
  const [most, more] = [MOST_REMARKS, leftOut].map((count) => count.toLocaleString('en'));
  return `${more} remarks could not be read: a case holds ${most} at most`;
}

function remarksIn(text: string): readonly unknown[] {
  try {
    const { beaconscopeCase, remarks } = JSON.parse(text) as { beaconscopeCase?: unknown; remarks?: unknown };
    return beaconscopeCase === VERSION && Array.isArray(remarks) ? (remarks as unknown[]) : [];
  } catch {
    return [];
  }
}

function entryOf(remark: unknown): [string, Remark][] {
  if (typeof remark !== 'object' || remark === null) return [];
  const { verdict, note, tags, ...about } = remark as Record<string, unknown>;
  const subject = SUBJECTS.find((known) => typeof about[known] === 'string');
  if (subject === undefined) return [];
  return [
    [
      keyOf(subject, String(about[subject])),
      {
        verdict: VERDICTS.find((known) => known === verdict) ?? null,
        note: typeof note === 'string' ? note.slice(0, LONGEST_NOTE) : '',
        tags: Array.isArray(tags) ? tagsOf(tags.filter((tag) => typeof tag === 'string').join(',')) : [],
      },
    ],
  ];
}
