import type { FlowColumns } from './columns.ts';
import { shownName } from './shown-name.ts';
import type { Grouping } from '../settings.ts';
import { RadixOrder } from '../memory/radix.ts';
import { addressRanks } from '../net/address-ranks.ts';
import { textRanks } from '../memory/text-ranks.ts';

/** Flows sorted into connections: all flows that share what the grouping says. */
export interface Groups {
  length: number;
  /** Flow indexes, group after group; inside a group in order of emission. */
  order: Uint32Array;
  /** Group `g` is `order[offsets[g]]` up to, not including, `order[offsets[g + 1]]`; one entry more than groups. */
  offsets: Uint32Array;
}

/**
 * What flows are sorted by: one number a flow, or the rank of it where `ranks` has one for each number; none above
 * `largest`.
 */
interface Key {
  of: FlowColumns['source'];
  ranks: Uint32Array | null;
  largest: number;
}

/**
 * Groups flows in the order of pandas' groupby: by source address as text, by destination address (or name) as text
 * (both by code unit), then by destination port as a number. A radix sort over ranks, from the last key to the first:
 * 1,000,000 flows cost no text comparison but those that rank the distinct texts.
 */
export function groupFlows(flows: FlowColumns, grouping: Grouping): Groups {
  const keys = keysOf(flows, grouping);
  const radix = new RadixOrder(flows.length);
  for (const { of, ranks, largest } of keys.toReversed()) radix.sortBy(of, largest, ranks);
  return { ...boundaries(keys, radix.order), order: radix.order };
}

/** Flows of the largest group; 0 without groups. */
export function largestGroup(groups: Groups): number {
  let largest = 0;
  for (let group = 0; group < groups.length; group++) {
    largest = Math.max(largest, groups.offsets[group + 1] - groups.offsets[group]);
  }
  return largest;
}

function keysOf(flows: FlowColumns, grouping: Grouping): Key[] {
  const ranks = addressRanks(flows.addresses);
  const source = { of: flows.source, ranks, largest: ranks.length };
  if (grouping === 'src,name') return [source, nameKey(flows)];
  const destination = { of: flows.destination, ranks, largest: ranks.length };
  if (grouping === 'src,dst') return [source, destination];
  return [source, destination, { of: flows.destinationPort, ranks: null, largest: 0xffff }];
}

/** Each flow's name, or its destination address where it has none. A name that is an address equals that address. */
function nameKey(flows: FlowColumns): Key {
  const ranks = textRanks([...flows.names, ...flows.addresses.texts()]);
  const of = new Uint32Array(flows.length);
  for (let flow = 0; flow < flows.length; flow++) {
    const name = shownName(flows, flow);
    of[flow] = ranks[name === 0 ? flows.names.length + flows.destination[flow] : name];
  }
  return { of, ranks: null, largest: ranks.length };
}

function boundaries(keys: readonly Key[], order: Uint32Array): { length: number; offsets: Uint32Array } {
  const offsets = new Uint32Array(order.length + 1);
  let length = 0;
  for (let index = 0; index < order.length; index++) {
    if (index === 0 || !areAlike(keys, order[index], order[index - 1])) offsets[length++] = index;
  }
  offsets[length] = order.length;
  return { length, offsets: offsets.slice(0, length + 1) };
}

/** Whether two flows are of one group. */
function areAlike(keys: readonly Key[], flow: number, other: number): boolean {
  for (const { of, ranks } of keys) {
    const a = of[flow];
    const b = of[other];
    if (a !== b && (ranks === null || ranks[a] !== ranks[b])) return false;
  }
  return true;
}
