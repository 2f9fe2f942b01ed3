/**
 * What NFStream leaves out of flows, since headers do not say how long it is, less what it counts that the capture holds
 * twice: packets each way, then frames' bytes.
 */
export class OffloadedFrames {
  /** Packets that came while no flow between their ends was under way. */
  flowless = 0;
  private readonly counts = new Map<number, Float64Array>();

  /** Counts a frame of a flow, or with -1 takes one away; `back` is 1 for one from the destination, else 0. */
  add(flow: number, back: 0 | 1, packets: 1 | -1, wireLength: number): void {
    let counted = this.counts.get(flow);
    if (counted === undefined) this.counts.set(flow, (counted = new Float64Array(4)));
    counted[back] += packets;
    counted[2 + back] += packets * wireLength;
  }

  get size(): number {
    return this.counts.size;
  }

  /** The counts by place among flows as they were emitted. */
  byPlace(emitted: Uint32Array): Map<number, Float64Array> {
    const counts = new Map<number, Float64Array>();
    for (let place = 0; this.size > 0 && place < emitted.length; place++) {
      const counted = this.counts.get(emitted[place]);
      if (counted !== undefined) counts.set(place, counted);
    }
    return counts;
  }
}
