import type { Groups } from '../flows/group.ts';
import { RadixOrder } from '../memory/radix.ts';
import type { SessionEnds } from './ends.ts';

/** Numbers sorted into groups: group `g` has `order[offsets[g]]` up to, not including, `order[offsets[g + 1]]`. */
export interface Grouped {
  order: Uint32Array;
  offsets: Uint32Array;
}

/**
 * Of each session the flow whose connection it belongs to; `NOWHERE` for what is no connection. The half of a conversation
 * that was joined to another has a number, for which nothing was ever counted, and no flow.
 */
export const NOWHERE = 0xffff_ffff;

export function homesOf(ends: SessionEnds): Uint32Array {
  return Uint32Array.from({ length: ends.sessions.length }, (_, session) => {
    return ends.flowCount(session) > 0 && ends.isConnection(session) ? ends.homeFlow(session) : NOWHERE;
  });
}

/** Of each flow the session plus one that it is a piece of, where a timeout cut that into several; else 0. */
export function piecesOf(ends: SessionEnds): Uint32Array {
  const { sessions, flows } = ends;
  const pieceOf = new Uint32Array(flows.length);
  for (let session = 0; session < sessions.length; session++) {
    if (ends.flowCount(session) < 2 || !ends.isConnection(session)) continue;
    const pieces = ends.pieces(session);
    if (pieces.length > 1) for (const flow of pieces) pieceOf[flow] = session + 1;
  }
  return pieceOf;
}

/** Of each home the group that the flow is in, `groups.length` for `NOWHERE`. Logs have no sessions, but many flows. */
export function groupsOf(homes: Uint32Array, groups: Groups): Uint32Array {
  if (homes.length === 0) return new Uint32Array(0);
  const ofFlow = new Uint32Array(groups.order.length);
  for (let group = 0; group < groups.length; group++) {
    for (let place = groups.offsets[group]; place < groups.offsets[group + 1]; place++)
      ofFlow[groups.order[place]] = group;
  }
  return homes.map((flow) => (flow === NOWHERE ? groups.length : ofFlow[flow]));
}

/**
 * Sorts numbers from 0 on into `groups` groups, and within one in their order; those of group `groups` are left out.
 */
export function sortInto(groups: number, groupOf: Uint32Array): Grouped {
  const radix = new RadixOrder(groupOf.length);
  radix.sortBy(groupOf, groups);
  const offsets = new Uint32Array(groups + 1);
  for (const group of groupOf) if (group < groups) offsets[group + 1]++;
  for (let group = 1; group < offsets.length; group++) offsets[group] += offsets[group - 1];
  return { order: radix.order.subarray(0, offsets[groups]), offsets };
}

/** The numbers of one group. */
export function membersOf({ order, offsets }: Grouped, group: number): Uint32Array {
  return order.subarray(offsets[group], offsets[group + 1]);
}
