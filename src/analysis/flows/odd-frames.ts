import type { Packet } from 'pcap-ts-parser';
import type { Warning } from '../capture.ts';
import { countText } from '../count-text.ts';

export const YEAR_MS = 365.25 * 24 * 3600 * 1000;

/** So many frames are named in a warning. */
const MOST_NAMED = 3;

/** Frames with an odd stamp: how many, the first of them, and by how much at most. */
export class OddFrames {
  count = 0;
  private largestMs = 0;
  private firstOffset = 0;
  private readonly first: number[] = [];

  /** `byMs`: how far off the stamp is. */
  add({ number, fileOffset }: Packet, byMs: number): void {
    if (this.count++ === 0) this.firstOffset = fileOffset;
    if (this.first.length < MOST_NAMED) this.first.push(number);
    this.largestMs = Math.max(this.largestMs, byMs);
  }

  /** `one` and `many` complete "is" and "are"; `consequence` ends the sentence. */
  warning(kind: Warning['kind'], one: string, many: string, consequence: string): Warning {
    const packets = this.count === 1 ? `1 packet is ${one}` : `${countText(this.count)} packets are ${many}`;
    const frames =
      this.count === 1 ? `frame ${this.first[0]}` : `first: ${this.first.map((frame) => `frame ${frame}`).join(', ')}`;
    return {
      kind,
      offset: this.firstOffset,
      message: `${packets} (${frames}; at most by ${spanText(this.largestMs)})${consequence}`,
    };
  }
}

function spanText(ms: number): string {
  return ms > YEAR_MS ? `${(ms / YEAR_MS).toFixed(1)} years` : `${(ms / 1000).toFixed(3)} s`;
}
