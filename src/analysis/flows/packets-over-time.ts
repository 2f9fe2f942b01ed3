import { firstMsOf, type FlowColumns } from './columns.ts';

/**
 * Slices that are kept at most; when time runs past the last one, neighbours are joined and slices get twice as long.
 */
const SLICES = 256;

/** Counts packets in equal slices of time whose number stays bounded, however long the capture turns out to be. */
export class PacketsOverTime {
  private startMs: number;
  private sliceMs = 1;
  private readonly counts = new Uint32Array(SLICES);
  private used = 0;

  /** @param startMs when the first slice begins, in milliseconds since 1970; without it, with the first packet */
  constructor(startMs = Number.NaN) {
    this.startMs = startMs;
  }

  /**
   * Counts one packet at a time in milliseconds. What comes before the first packet counted goes to the first slice.
   */
  add(ms: number): void {
    if (Number.isNaN(this.startMs)) this.startMs = ms;
    let slice = Math.max(0, Math.floor((ms - this.startMs) / this.sliceMs));
    while (slice >= SLICES) {
      this.halve();
      slice = Math.floor((ms - this.startMs) / this.sliceMs);
    }
    this.counts[slice]++;
    if (slice >= this.used) this.used = slice + 1;
  }

  /** The counts from the first packet on, and how many milliseconds each stands for. */
  slices(): { counts: Uint32Array<ArrayBuffer>; sliceMs: number } {
    return { counts: this.counts.slice(0, this.used), sliceMs: this.sliceMs };
  }

  private halve(): void {
    for (let i = 0; i < SLICES / 2; i++) this.counts[i] = this.counts[2 * i] + this.counts[2 * i + 1];
    this.counts.fill(0, SLICES / 2);
    this.used = Math.ceil(this.used / 2);
    this.sliceMs *= 2;
  }
}

/** The starts of flows in such slices, where there are no packets to count: flows of logs. */
export function startsOverTime(flows: FlowColumns, startMs: number): ReturnType<PacketsOverTime['slices']> {
  const starts = new PacketsOverTime(startMs);
  for (let flow = 0; flow < flows.length; flow++) starts.add(firstMsOf(flows, flow));
  return starts.slices();
}
