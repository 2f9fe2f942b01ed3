import { firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { mix } from '../memory/hash.ts';

/** What flows are between. */
export type Ends = Pick<FlowColumns, 'source' | 'destination' | 'sourcePort' | 'destinationPort' | 'protocol'>;

const NONE = -1;

/** Some of a table's flows by their two ends, whichever of them is the source. */
export class EndsIndex {
  private readonly flows: FlowColumns;
  /** By slot: a flow with these ends, where flows with them begin in `order`, and how many there are. */
  private readonly slots: Int32Array;
  private readonly first: Uint32Array;
  private readonly counts: Uint32Array;
  private readonly order: Uint32Array;

  /** Takes the flows [from, to). */
  constructor(flows: FlowColumns, from: number, to: number) {
    const size = slotsFor(to - from);
    this.flows = flows;
    this.slots = new Int32Array(size).fill(NONE);
    this.first = new Uint32Array(size);
    this.counts = new Uint32Array(size);
    const slotOf = new Uint32Array(to - from);
    for (let flow = from; flow < to; flow++) {
      const slot = this.slotOf(flow);
      if (this.slots[slot] === NONE) this.slots[slot] = flow;
      slotOf[flow - from] = slot;
      this.counts[slot]++;
    }
    const startMs = (flow: number): number => firstMsOf(flows, flow);
    this.order = Uint32Array.from({ length: to - from }, (_, place) => from + place);
    this.order.sort((a, b) => slotOf[a - from] - slotOf[b - from] || startMs(a) - startMs(b) || a - b);
    for (let place = this.order.length - 1; place >= 0; place--) this.first[slotOf[this.order[place] - from]] = place;
  }

  /** The flows taken that have the same ends as a flow of the table, in order of start. */
  alike(flow: number): Uint32Array {
    const slot = this.slotOf(flow);
    return this.order.subarray(this.first[slot], this.first[slot] + this.counts[slot]);
  }

  private slotOf(flow: number): number {
    const { flows, slots } = this;
    const mask = slots.length - 1;
    let slot = endsHash(flows, flow) & mask;
    while (slots[slot] !== NONE && !haveSameEnds(flows, slots[slot], flow)) slot = (slot + 1) & mask;
    return slot;
  }
}

/** Slots for so many different keys, half of them empty. */
export function slotsFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, 2 * count)));
}

/** A hash of both ends, whichever of them is the source. */
export function endsHash(ends: Ends, flow: number): number {
  const { source, destination, sourcePort, destinationPort, protocol } = ends;
  const a = mix(mix(0, source[flow]), sourcePort[flow]);
  const b = mix(mix(0, destination[flow]), destinationPort[flow]);
  return mix((a + b) | 0, protocol[flow]);
}

/** Whether two flows are between the same ends, whichever of them is the source. */
export function haveSameEnds(ends: Ends, a: number, b: number): boolean {
  const { source, destination, sourcePort, destinationPort, protocol } = ends;
  if (protocol[a] !== protocol[b]) return false;
  if (source[a] === source[b] && destination[a] === destination[b])
    return sourcePort[a] === sourcePort[b] && destinationPort[a] === destinationPort[b];
  return (
    source[a] === destination[b] &&
    destination[a] === source[b] &&
    sourcePort[a] === destinationPort[b] &&
    destinationPort[a] === sourcePort[b]
  );
}
