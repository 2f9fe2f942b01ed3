/** Late packets of a part that are known one by one: 1 MB. */
const MOST_KNOWN = 1 << 16;

/**
 * Which packets of a part come late, as a first reading found them. When it is read again they tell the earliest stamp
 * that is still to come: packets from then on wait, and no others. Of too many it is known only how late they come.
 */
export class LateStamps {
  /** Numbers of the packets, in the order of the file, and of each its stamp. */
  private readonly numbers: number[] = [];
  private readonly stampsMs: number[] = [];
  private mostMs = 0;
  private areKnown = true;
  private readonly mostKnown: number;

  /** @param mostKnown fewer in tests */
  constructor(mostKnown = MOST_KNOWN) {
    this.mostKnown = mostKnown;
  }

  /** Of packets that come late by any time. */
  static unknown(): LateStamps {
    const stamps = new LateStamps();
    stamps.mostMs = Number.POSITIVE_INFINITY;
    stamps.areKnown = false;
    return stamps;
  }

  /** Adds the next one, by its number in the file, its stamp, and by how much the latest before it is later. */
  add(number: number, ms: number, lateMs: number): void {
    this.mostMs = Math.max(this.mostMs, lateMs);
    if (!this.areKnown) return;
    this.numbers.push(number);
    this.stampsMs.push(ms);
    if (this.numbers.length <= this.mostKnown) return;
    this.areKnown = false;
    this.numbers.length = 0;
    this.stampsMs.length = 0;
  }

  /** What tells, packet by packet in the order of the file, up to which time none is still to come. */
  reader(): (number: number, latestMs: number) => number {
    const { numbers, mostMs } = this;
    if (!this.areKnown) return (_, latestMs) => latestMs - mostMs;
    const earliestMs = Float64Array.from(this.stampsMs);
    for (let at = earliestMs.length - 2; at >= 0; at--) earliestMs[at] = Math.min(earliestMs[at], earliestMs[at + 1]);
    let next = 0;
    return (number) => {
      while (next < numbers.length && numbers[next] <= number) next++;
      return next < numbers.length ? earliestMs[next] : Number.POSITIVE_INFINITY;
    };
  }
}
