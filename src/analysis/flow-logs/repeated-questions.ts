import { mix, mixOther } from '../memory/hash.ts';
import { NumberSlots } from '../memory/number-slots.ts';

/** Rows that are remembered at most. */
const MOST_REMEMBERED = 1 << 20;
/** What rounding and cutting off make of one time in two logs, in milliseconds. */
const ROUNDED_MS = [0, -1, 1];
const WORD = 2 ** 32;
/** Two words of a hash, and the number of a file. */
const STRIDE = 3;
/** Kinds of rows: an answer, a question, and, for answers that come within so long, both in one. */
const KINDS = 3;
const BOTH = 2;
const ANSWERED_MS = 10_000;

/** What tells a row about DNS from others, beside whom it is of. */
interface Told {
  name: string;
  type: number;
  ms: number;
  isAsked: boolean;
  isAnswered: boolean;
}

/** 64 bits of a hash. */
type Hashes = [low: number, high: number];

/** Finds rows about DNS that another log had before: a log and its copy, logs that overlap, two sensors of one traffic. */
export class RepeatedQuestions {
  /** How many rows of the file at hand were there before. */
  count = 0;
  private file = 0;
  /** Rows by a hash of all that tells them, with the file that had them first. */
  private rows = new Int32Array(64 * STRIDE);
  private length = 0;
  private readonly slots = new NumberSlots(128);
  private readonly hashOf = (row: number): number => this.rows[row * STRIDE];

  beginFile(): void {
    this.file++;
    this.count = 0;
  }

  /** Whether a file before the one at hand had this row; `client` and `resolver` are numbers of addresses. */
  isRepeated(row: Told, client: number, resolver: number): boolean {
    const { isAsked, isAnswered, ms } = row;
    const own = hashesOf(row, Number(isAsked), client, resolver);
    let isKnown = ROUNDED_MS.some((apart) => this.isElsewhere(own, ms + apart));
    // Logs that have a question and its answer in one row do not say when the answer came.
    if (isAnswered && !isKnown) {
      const both = hashesOf(row, BOTH, client, resolver);
      const span = Math.floor(ms / ANSWERED_MS);
      if (isAsked) this.put(both, span);
      else isKnown = this.isElsewhere(both, span) || this.isElsewhere(both, span - 1);
    }
    if (isKnown) this.count++;
    else this.put(own, ms);
    return isKnown;
  }

  private isElsewhere(hashes: Hashes, ms: number): boolean {
    const row = this.slots.at(this.slotOf(hashes, ms));
    return row >= 0 && this.rows[row * STRIDE + 2] !== this.file;
  }

  /** Remembers that the file at hand has a row at a time. */
  private put(hashes: Hashes, ms: number): void {
    const slot = this.slotOf(hashes, ms);
    if (this.slots.at(slot) >= 0 || this.length === MOST_REMEMBERED) return;
    const row = this.length++;
    if (this.length * STRIDE > this.rows.length) {
      const larger = new Int32Array(2 * this.rows.length);
      larger.set(this.rows);
      this.rows = larger;
    }
    this.rows.set([...atTime(hashes, ms), this.file], row * STRIDE);
    this.slots.put(slot, row, this.hashOf);
  }

  /** Where a row at a time is, or would be. */
  private slotOf(hashes: Hashes, ms: number): number {
    const { slots } = this;
    const [first, second] = atTime(hashes, ms);
    let slot = slots.first(first);
    for (let row = slots.at(slot); row >= 0; row = slots.at(slot)) {
      if (this.rows[row * STRIDE] === first && this.rows[row * STRIDE + 1] === second) break;
      slot = slots.next(slot);
    }
    return slot;
  }
}

/** What a row says but for its time. */
function hashesOf({ name, type }: Told, kind: number, client: number, resolver: number): Hashes {
  const what = type * KINDS + kind;
  let low = mix(mix(client, resolver), what);
  let high = mixOther(mixOther(client, resolver), what);
  for (let index = 0; index < name.length; index++) {
    low = mix(low, name.charCodeAt(index));
    high = mixOther(high, name.charCodeAt(index));
  }
  return [low, high];
}

function atTime([low, high]: Hashes, ms: number): Hashes {
  const upper = Math.floor(ms / WORD);
  return [mix(mix(low, ms | 0), upper), mixOther(mixOther(high, ms | 0), upper)];
}
