import { GrowingColumn } from '../memory/growing-column.ts';
import { ROUNDED_MS } from './same-flows.ts';
import { hashedKey, SiblingKeys } from './sibling-keys.ts';

/** Rows that are remembered at most. */
const MOST_REMEMBERED = 1 << 20;
/** What is remembered of an answer in the row of its question: it came within so long. */
const ANSWERED_MS = 10_000;
/** Kinds of rows: an answer, a question, and both in one. */
const [ANSWER, QUESTION, BOTH] = [0, 1, 2];

/** What tells a row about DNS from others, beside whom it is of. */
interface Told {
  name: string;
  type: number;
  ms: number;
  isAsked: boolean;
  isAnswered: boolean;
}

/** Finds rows about DNS that another log had before: a log and its copy, logs that overlap, two sensors of one traffic. */
export class RepeatedQuestions {
  /** How many rows of the file at hand were there before. */
  count = 0;
  private file = 0;
  /** Rows, and by row the file that had it first. */
  private readonly rows = new SiblingKeys(MOST_REMEMBERED);
  private readonly files = new GrowingColumn('u32');

  beginFile(): void {
    this.file++;
    this.count = 0;
  }

  /** Whether a file before the one at hand had this row; `client` and `resolver` are numbers of addresses. */
  isRepeated({ name, type, ms, isAsked, isAnswered }: Told, client: number, resolver: number): boolean {
    const keyOf = (kind: number, time: number): string => `${kind} ${client} ${resolver} ${type} ${time} ${name}`;
    const own = isAsked ? QUESTION : ANSWER;
    let isKnown = [ms, ms - ROUNDED_MS, ms + ROUNDED_MS].some((near) => this.isElsewhere(keyOf(own, near)));
    // Logs that have a question and its answer in one row do not say when the answer came.
    if (isAnswered && !isKnown) {
      const span = Math.floor(ms / ANSWERED_MS);
      if (isAsked) this.put(keyOf(BOTH, span));
      else isKnown = [span, span - 1].some((near) => this.isElsewhere(keyOf(BOTH, near)));
    }
    if (isKnown) this.count++;
    else this.put(keyOf(own, ms));
    return isKnown;
  }

  private isElsewhere(key: string): boolean {
    const { high, low } = hashedKey(key);
    const row = this.rows.find(high, low);
    return row >= 0 && this.files.get(row) !== this.file;
  }

  /** Remembers that the file at hand has a row, where none before has it. */
  private put(key: string): void {
    const known = this.rows.count;
    const row = this.rows.numberOf(key);
    if (row >= known) this.files.set(row, this.file, this.rows.room);
  }
}
