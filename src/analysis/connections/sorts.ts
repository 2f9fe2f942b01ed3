import { PROTOCOL_UDP } from 'pcap-ts-parser';
import type { FlowColumns } from '../flows/columns.ts';
import { ZONES } from '../net/zones.ts';
import { isClockPort, NAMING_PORTS } from '../protocols/service-ports.ts';

/**
 * Sorts of connections that an analyst may want out of the way, as bits: `ConnectionTable.sorts` has those that hold
 * for every flow of a connection.
 */
export const SORT_BITS = { multicast: 1, internal: 2, clock: 4, failed: 8 } as const;
export type Sort = keyof typeof SORT_BITS;

/** By place: a group's addresses are multicast or broadcast. */
const SORT_OF_PLACE = ZONES.map((place) =>
  place === 'external' ? 0 : place === 'internal' ? SORT_BITS.internal : SORT_BITS.multicast,
);

/** Tells the sorts of flows, by the places of their addresses. */
export class FlowSorts {
  private readonly flows: FlowColumns;
  /** By address: 1 multicast or broadcast, 2 inside, 0 outside. */
  private readonly kinds: Uint8Array;

  /** @param places by address: index into `ZONES` */
  constructor(flows: FlowColumns, places: Uint8Array) {
    this.flows = flows;
    this.kinds = places.map((place) => SORT_OF_PLACE[place]);
  }

  /** The sorts that all of these flows share, as `SORT_BITS`. */
  common(members: Uint32Array): number {
    const { source, destination, destinationPort, protocol, failed } = this.flows;
    let shared = SORT_BITS.multicast | SORT_BITS.internal | SORT_BITS.clock | SORT_BITS.failed;
    for (let index = 0; index < members.length && shared !== 0; index++) {
      const flow = members[index];
      const to = this.kinds[destination[flow]];
      let sorts = to & SORT_BITS.multicast;
      if (to === SORT_BITS.internal && this.kinds[source[flow]] === SORT_BITS.internal) sorts |= SORT_BITS.internal;
      if (isByTheClock(protocol[flow], destinationPort[flow])) sorts |= SORT_BITS.clock;
      if (failed[flow] === 1) sorts |= SORT_BITS.failed;
      shared &= sorts;
    }
    return shared;
  }
}

/** Clocks, and what gives names: both speak of themselves. */
function isByTheClock(protocol: number, port: number): boolean {
  return isClockPort(protocol, port) || (protocol === PROTOCOL_UDP && NAMING_PORTS.has(port));
}
