import { columnOf } from '../memory/columns.ts';
import { firstMsOf, type FlowColumns, lastMsOf } from '../flows/columns.ts';

/** So few flows are looked through one by one. */
const FEW = 16;

/**
 * Flows of one conversation in order of start, each by its place among them; and when the latest of some ended: of all in
 * entry 1, of the first and of the second half of those of entry `n` in entries `2n` and `2n + 1`.
 */
interface Timeline {
  places: Uint32Array;
  endedMs: Float64Array;
}

/**
 * Which flows of a conversation lie within some time. A conversation that begins anew again and again has as many flows as
 * sessions: looking through all of the ones for each of the others would take time by the square.
 */
export class ConversationTimes {
  /** Flows, and halves of some, that were looked at so far. */
  looked = 0;
  private readonly flows: FlowColumns;
  /** Of conversations with more than a few flows, once they are asked for. */
  private readonly timelines = new Map<number, Timeline>();

  constructor(flows: FlowColumns) {
    this.flows = flows;
  }

  /**
   * Of the flows of a conversation those that are seen between two times, in milliseconds since 1970, in the order given.
   *
   * @param members all flows of the conversation, always in one order
   */
  within(conversation: number, members: Uint32Array, startMs: number, endMs: number): Uint32Array {
    const { flows } = this;
    if (members.length <= FEW) {
      this.looked += members.length;
      return members.filter((flow) => firstMsOf(flows, flow) <= endMs && lastMsOf(flows, flow) >= startMs);
    }
    const { places, endedMs } = this.timelineOf(conversation, members);
    const leaves = endedMs.length / 2;
    const found: number[] = [];
    const entries = [1];
    for (let entry = entries.pop(); entry !== undefined; entry = entries.pop()) {
      this.looked++;
      if (endedMs[entry] < startMs) continue;
      // The first of those that an entry stands for is found by going to the left until the end.
      const first = (entry << (Math.clz32(entry) - Math.clz32(leaves))) - leaves;
      if (firstMsOf(flows, members[places[first]]) > endMs) continue;
      if (entry < leaves) entries.push(2 * entry, 2 * entry + 1);
      else found.push(places[first]);
    }
    return columnOf(
      Uint32Array,
      found.sort((a, b) => a - b),
      (place) => members[place],
    );
  }

  private timelineOf(conversation: number, members: Uint32Array): Timeline {
    const known = this.timelines.get(conversation);
    if (known !== undefined) return known;
    const { flows } = this;
    const places = members
      .map((_, place) => place)
      .sort((a, b) => firstMsOf(flows, members[a]) - firstMsOf(flows, members[b]) || a - b);
    const leaves = 2 ** Math.ceil(Math.log2(places.length));
    const endedMs = new Float64Array(2 * leaves).fill(Number.NEGATIVE_INFINITY);
    places.forEach((place, at) => (endedMs[leaves + at] = lastMsOf(flows, members[place])));
    for (let entry = leaves - 1; entry > 0; entry--)
      endedMs[entry] = Math.max(endedMs[2 * entry], endedMs[2 * entry + 1]);
    const timeline = { places, endedMs };
    this.timelines.set(conversation, timeline);
    return timeline;
  }
}
