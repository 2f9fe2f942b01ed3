import type { Report } from './report.ts';

/** What an analyst decided about a connection. */
export const VERDICTS = ['malicious', 'suspicious', 'benign', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What was said of one connection; without a verdict, a note and tags it is forgotten. */
export interface Remark {
  verdict: Verdict | null;
  note: string;
  tags: readonly string[];
}

/** Remarks by `remarkKey`. */
export type Case = ReadonlyMap<string, Remark>;

export const NO_CASE: Case = new Map();
export const NO_REMARK: Remark = { verdict: null, note: '', tags: [] };
/** Version of the file that a case is kept in. */
const VERSION = 1;
/** What a kept case may hold at most: it is read back from storage and files that others may have written. */
export const MOST_REMARKS = 10_000;
const LONGEST_NOTE = 10_000;
const MOST_TAGS = 50;
const LONGEST_TAG = 100;

/** The texts of a report's rows that name connections: a destination by its name, else by its address. */
export interface RowEnds {
  source: (row: number) => string;
  destinationLabel: (row: number) => string;
}

/** What names a connection in a case, whatever its row: its grouping, source, destination (by name, if it has one) and port. */
export function remarkKey({ connections, settings }: Report, texts: RowEnds, row: number): string {
  const end = settings.grouping === 'src,dst,port' ? `:${connections.destinationPort[row]}` : '';
  const protocol = end === '' ? '' : `/${connections.protocol[row]}`;
  return `${texts.source(row)} > ${texts.destinationLabel(row)}${end}${protocol}`;
}

/** What else is said of a connection: some of its remark, or what becomes of the remark that it has. */
export type RemarkChange = Partial<Remark> | ((remark: Remark) => Partial<Remark>);

/** A case in which some connections have something else said of them. */
export function withRemark(before: Case, keys: readonly string[], change: RemarkChange): Case {
  const after = new Map(before);
  for (const key of keys) {
    const own = before.get(key) ?? NO_REMARK;
    const remark = { ...own, ...(typeof change === 'function' ? change(own) : change) };
    if (remark.verdict === null && remark.note.trim() === '' && remark.tags.length === 0) after.delete(key);
    else after.set(key, remark);
  }
  return after;
}

/** A case in which of some connections is said what another case says of them. */
export function withRemarksOf(now: Case, other: Case, keys: readonly string[]): Case {
  const after = new Map(now);
  for (const key of keys) {
    const remark = other.get(key);
    if (remark === undefined) after.delete(key);
    else after.set(key, remark);
  }
  return after;
}

/** The tags of a text: words between commas, each once. */
export function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().slice(0, LONGEST_TAG));
  return [...new Set(tags)].filter((tag) => tag !== '').slice(0, MOST_TAGS);
}

/** A case as a file: JSON, one connection after the other, with the captures it is about. */
export function caseText(remarks: Case, captures: readonly string[]): string {
  const said = Array.from(remarks, ([connection, remark]) => ({ connection, ...remark }));
  return `${JSON.stringify({ beaconscopeCase: VERSION, captures, remarks: said }, null, 2)}\n`;
}

/** The case of a file; empty where it is none. What is not a remark in it is left out. */
export function caseOfText(text: string): Case {
  try {
    const { beaconscopeCase, remarks } = JSON.parse(text) as { beaconscopeCase?: unknown; remarks?: unknown };
    if (beaconscopeCase !== VERSION || !Array.isArray(remarks)) return new Map();
    return new Map(remarks.slice(0, MOST_REMARKS).flatMap((remark) => entryOf(remark)));
  } catch {
    return new Map();
  }
}

function entryOf(remark: unknown): [string, Remark][] {
  if (typeof remark !== 'object' || remark === null) return [];
  const { connection, verdict, note, tags } = remark as Record<string, unknown>;
  if (typeof connection !== 'string') return [];
  return [
    [
      connection,
      {
        verdict: VERDICTS.find((known) => known === verdict) ?? null,
        note: typeof note === 'string' ? note.slice(0, LONGEST_NOTE) : '',
        tags: Array.isArray(tags) ? tagsOf(tags.filter((tag) => typeof tag === 'string').join(',')) : [],
      },
    ],
  ];
}
