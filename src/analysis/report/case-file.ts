import { CASE } from '../flow-logs/kind.ts';
import { hasTooManyValues } from '../lists/json-fields.ts';
import { countText } from '../count-text.ts';
import { type Case, cutRemark, isLong, keptOfRemark, NO_CASE, type Remark, tagsOf, VERDICTS } from './case.ts';
import { keyOf, subjectOf, SUBJECTS } from './case-keys.ts';

/** Version of the file that a case is kept in. */
const VERSION = 1;
/** What a kept case may hold at most: it is read back from storage and files that others may have written. */
export const MOST_REMARKS = 10_000;
export const LARGEST_CASE_BYTES = 64 * 2 ** 20;

/** What of a case was not read. */
export interface CaseLoss {
  /** Remarks: those above `MOST_REMARKS`, and what is none. */
  leftOut: number;
  /** Remarks of which the first part was read. */
  cut: number;
}

/** A case that was read. */
export interface ReadCase extends CaseLoss {
  remarks: Case;
}

export const NO_LOSS: CaseLoss = { leftOut: 0, cut: 0 };

/** A case as a file: JSON, one remark after the other, each with what it is about, and the captures of all. */
export function caseText(remarks: Case, captures: readonly string[]): string {
  const said = Array.from(remarks, ([key, remark]) => {
    const { subject, name } = subjectOf(key);
    return { [subject]: name, ...remark };
  });
  return `${JSON.stringify({ beaconscopeCase: VERSION, captures, remarks: said }, null, 2)}\n`;
}

/** The case of a text that was kept; empty where it is none. */
export function caseOfText(text: string): ReadCase {
  return caseOfFile(text) ?? { remarks: NO_CASE, ...NO_LOSS };
}

/** The case of a file that somebody chose; null where it is none. */
export function caseOfFile(text: string): ReadCase | null {
  const written = remarksIn(text);
  if (written === null) return null;
  const entries = written.slice(0, MOST_REMARKS).flatMap((remark) => entryOf(remark));
  const cut = entries.filter(([, remark]) => isLong(remark)).length;
  const remarks = new Map(entries.map(([key, remark]) => [key, cutRemark(remark)]));
  return { remarks, leftOut: written.length - entries.length, cut };
}

/** Whether a file whose text begins so was saved as a case. */
export function beginsAsCase(text: string): boolean {
  return CASE.test(text.trimStart());
}

/** How many remarks of a case were not read, or not in full, in words; '' for none. */
export function lossWords({ leftOut, cut }: CaseLoss): string {
  const words: string[] = [];
  if (leftOut > 0)
    words.push(
      `${remarkCount(leftOut)} could not be read: damaged, or beyond the ${countText(MOST_REMARKS)} that a case holds`,
    );
  if (cut > 0) words.push(`${remarkCount(cut)} could not be read in full: a case keeps ${keptOfRemark()}`);
  return words.join('; ');
}

export function remarkCount(count: number): string {
  return count === 1 ? '1 remark' : `${countText(count)} remarks`;
}

function remarksIn(text: string): readonly unknown[] | null {
  // No case has as many; only what was made to take memory does.
  if (hasTooManyValues(text)) return null;
  try {
    const { beaconscopeCase, remarks } = JSON.parse(text) as { beaconscopeCase?: unknown; remarks?: unknown };
    return beaconscopeCase === VERSION && Array.isArray(remarks) ? (remarks as unknown[]) : null;
  } catch {
    return null;
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
        note: typeof note === 'string' ? note : '',
        tags: Array.isArray(tags) ? tagsOf(tags.filter((tag) => typeof tag === 'string').join(',')) : [],
      },
    ],
  ];
}
