import { countText } from '../count-text.ts';

/** What an analyst decided about a connection, a host or a domain that was asked for. */
export const VERDICTS = ['malicious', 'suspicious', 'benign', 'unknown'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What was said of one of them; without a verdict, a note and tags it is forgotten. */
export interface Remark {
  verdict: Verdict | null;
  note: string;
  tags: readonly string[];
}

/** Remarks by `remarkKey`, `hostKey` and `dnsKey`. */
export type Case = ReadonlyMap<string, Remark>;

export const NO_CASE: Case = new Map();
export const NO_REMARK: Remark = { verdict: null, note: '', tags: [] };
/** What of a remark is read again at most: it comes from storage and files that others may have written. */
const LONGEST_NOTE = 10_000;
const MOST_TAGS = 50;
const LONGEST_TAG = 100;

/** What else is said of something: some of its remark, or what becomes of the remark that it has. */
export type RemarkChange = Partial<Remark> | ((remark: Remark) => Partial<Remark>);

/** A case in which something else is said of some of what it is about. */
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

/** A case in which of some keys is said what another case says of them. */
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
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== '');
}

/** Whether a remark says more than is read again of one. */
export function isLong({ note, tags }: Remark): boolean {
  return note.length > LONGEST_NOTE || tags.length > MOST_TAGS || tags.some(({ length }) => length > LONGEST_TAG);
}

/** What is read again of a remark. */
export function cutRemark({ verdict, note, tags }: Remark): Remark {
  const cut = tags.slice(0, MOST_TAGS).map((tag) => tag.slice(0, LONGEST_TAG));
  return { verdict, note: note.slice(0, LONGEST_NOTE), tags: cut };
}

/** How much of a remark is read again, in words. */
export function keptOfRemark(): string {
  return `${countText(LONGEST_NOTE)} characters of a note, ${MOST_TAGS} tags and ${LONGEST_TAG} characters of a tag`;
}
