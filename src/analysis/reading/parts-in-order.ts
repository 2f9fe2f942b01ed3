import type { Packet } from 'pcap-ts-parser';

/** Within a part packets may come this much later than ones with a later stamp. */
const MOST_LATE_MS = 1000;
/** Parts of one capture, each a reading of the whole file, that are put in order; of more, as far as memory goes. */
export const MOST_PARTS = 16;

/**
 * Parts a capture so that in each its packets come nearly in the order of time: an interface behind another, a capture
 * behind one that began later. A packet belongs to the part that goes on just before it; none such begins another.
 */
export class PartsInOrder {
  /** By part: the latest stamp so far. */
  readonly latestMs: number[] = [];
  private newest = 0;
  private last = 0;

  /** The part of the next packet in the order of the file. */
  partOf(packet: Packet, ms: number): number {
    const { latestMs, newest } = this;
    if (!packet.timed) return this.last;
    if (ms >= latestMs[newest] - MOST_LATE_MS) {
      if (ms > latestMs[newest]) latestMs[newest] = ms;
      this.last = newest;
    } else {
      this.last = this.otherPart(ms);
    }
    return this.last;
  }

  private otherPart(ms: number): number {
    const { latestMs } = this;
    let best = -1;
    for (let part = 0; part < latestMs.length; part++) {
      if (ms >= latestMs[part] - MOST_LATE_MS && (best < 0 || latestMs[part] > latestMs[best])) best = part;
    }
    if (best < 0) {
      // One more than are read stands for all that is left.
      best = Math.min(latestMs.length, MOST_PARTS);
      if (best === latestMs.length) latestMs.push(ms);
    }
    if (ms > latestMs[best]) latestMs[best] = ms;
    if (latestMs[best] > latestMs[this.newest]) this.newest = best;
    return best;
  }
}
