const NONE = -1;
/** Times kept in all: 24 MB. */
const MOST_TIMES = 2_000_000;
const FIRST_TIMES = 1024;

/**
 * Lists of times that grow side by side, in two arrays: a list is known by its first entry and grows behind its last.
 */
export class QueryTimes {
  /** Times that found no room. */
  leftOut = 0;
  private count = 0;
  /** First of the entries that are free again. */
  private free = NONE;
  private timesMs = new Float64Array(FIRST_TIMES);
  private next = new Int32Array(FIRST_TIMES);
  private readonly mostTimes: number;

  /** `mostTimes` is for tests of what happens when it is full. */
  constructor(mostTimes = MOST_TIMES) {
    this.mostTimes = mostTimes;
  }

  /** Adds a time behind an entry, or as a list's first with -1; returns its entry, -1 when there is no more room. */
  add(ms: number, behind: number): number {
    const entry = this.freeEntry();
    if (entry === NONE) {
      this.leftOut++;
      return NONE;
    }
    this.timesMs[entry] = ms;
    this.next[entry] = NONE;
    if (behind !== NONE) this.next[behind] = entry;
    return entry;
  }

  /** The times of a list, in milliseconds since 1970, from its first entry on. */
  listFrom(first: number): Float64Array {
    const list: number[] = [];
    for (let entry = first; entry !== NONE; entry = this.next[entry]) list.push(this.timesMs[entry]);
    return Float64Array.from(list);
  }

  /** Gives the entries of a list to later ones. */
  release(first: number, last: number): void {
    if (first === NONE) return;
    this.next[last] = this.free;
    this.free = first;
  }

  private freeEntry(): number {
    const { free } = this;
    if (free !== NONE) {
      this.free = this.next[free];
      return free;
    }
    if (this.count >= this.mostTimes) return NONE;
    if (this.count === this.next.length) this.grow();
    return this.count++;
  }

  private grow(): void {
    const timesMs = new Float64Array(this.count * 2);
    timesMs.set(this.timesMs);
    this.timesMs = timesMs;
    const next = new Int32Array(this.count * 2);
    next.set(this.next);
    this.next = next;
  }
}
