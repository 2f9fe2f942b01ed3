import type { FlowColumns } from '../flows/columns.ts';

/** Flows sorted into connections: all flows of one (source address, destination address, destination port). */
export interface Groups {
  length: number;
  /** Flow indexes, group after group; inside a group in order of emission. */
  order: Uint32Array;
  /** Group `g` is `order[offsets[g]]` up to, not including, `order[offsets[g + 1]]`; one entry more than groups. */
  offsets: Uint32Array;
}

/** Digits of 11 bits: the counters stay in the processor's nearest cache, and ports take two passes. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * Groups flows in the order of pandas' groupby: by source address as text, destination address as text (both by code
 * unit), then destination port as a number. A radix sort over ranks, from the last key to the first: 1,000,000 flows
 * cost no text comparison but those that rank the distinct addresses.
 */
export function groupFlows(flows: FlowColumns): Groups {
  const ranks = textRanks(flows.addresses);
  let order = new Uint32Array(flows.length);
  for (let index = 0; index < order.length; index++) order[index] = index;
  let spare = new Uint32Array(flows.length);
  const counters = new Uint32Array(DIGITS);
  const sortBy = (keyOf: Uint32Array | Uint16Array, largest: number): void => {
    for (let shift = 0; shift < 32 && largest >>> shift > 0; shift += DIGIT_BITS) {
      sortByDigit(order, spare, keyOf, shift, counters);
      [order, spare] = [spare, order];
    }
  };
  sortBy(flows.destinationPort, 0xffff);
  sortBy(ranksOf(flows.destination, ranks), ranks.length - 1);
  sortBy(ranksOf(flows.source, ranks), ranks.length - 1);
  return { ...boundaries(flows, order), order };
}

/** Flows of the largest group; 0 without groups. */
export function largestGroup(groups: Groups): number {
  let largest = 0;
  for (let group = 0; group < groups.length; group++) {
    largest = Math.max(largest, groups.offsets[group + 1] - groups.offsets[group]);
  }
  return largest;
}

/** For each text its place among all of them in code-unit order. */
function textRanks(texts: readonly string[]): Uint32Array {
  const sorted = texts.map((_, index) => index).sort((a, b) => (texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : 0));
  const ranks = new Uint32Array(texts.length);
  for (let rank = 0; rank < sorted.length; rank++) ranks[sorted[rank]] = rank;
  return ranks;
}

function ranksOf(indexes: Uint32Array, ranks: Uint32Array): Uint32Array {
  const result = new Uint32Array(indexes.length);
  for (let index = 0; index < indexes.length; index++) result[index] = ranks[indexes[index]];
  return result;
}

/** One stable counting pass over one digit of the keys. */
function sortByDigit(
  from: Uint32Array, to: Uint32Array, keyOf: Uint32Array | Uint16Array, shift: number, counters: Uint32Array,
): void {
  counters.fill(0);
  for (let index = 0; index < keyOf.length; index++) counters[(keyOf[index] >>> shift) & (DIGITS - 1)]++;
  let place = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const count = counters[digit];
    counters[digit] = place;
    place += count;
  }
  for (let index = 0; index < from.length; index++) {
    const flow = from[index];
    to[counters[(keyOf[flow] >>> shift) & (DIGITS - 1)]++] = flow;
  }
}

function boundaries(flows: FlowColumns, order: Uint32Array): { length: number; offsets: Uint32Array } {
  const offsets = new Uint32Array(order.length + 1);
  let length = 0;
  for (let index = 0; index < order.length; index++) {
    if (index === 0 || !sameConnection(flows, order[index - 1], order[index])) offsets[length++] = index;
  }
  offsets[length] = order.length;
  return { length, offsets: offsets.slice(0, length + 1) };
}

function sameConnection(flows: FlowColumns, a: number, b: number): boolean {
  return flows.source[a] === flows.source[b] && flows.destination[a] === flows.destination[b]
    && flows.destinationPort[a] === flows.destinationPort[b];
}
