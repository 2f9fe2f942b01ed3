import { firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { shownName } from '../flows/shown-name.ts';
import { hasSign } from '../protocols/signs.ts';
import type { TraitCache } from './names/traits.ts';

/** What a host did once that gives its next connections a meaning. */
export const HOST_EVENTS = ['program', 'ownAddress'] as const;
export type HostEvent = (typeof HOST_EVENTS)[number];

/** How long what follows is still looked at in its light, in milliseconds. */
const MEANS_MS: Readonly<Record<HostEvent, number>> = { program: 600_000, ownAddress: 300_000 };
/** Events of one kind that a host has at most; the first ones count. */
const MOST_EVENTS = 256;

/** When it happened, in milliseconds since 1970, towards which address, and in which flow. */
interface Happened {
  atMs: number;
  destination: number;
  flow: number;
}

/** When hosts fetched programs in the clear, from no known vendor, and when they asked which address they come from. */
export class HostEvents {
  private readonly events: Readonly<Record<HostEvent, Map<number, Happened[]>>> = {
    program: new Map(),
    ownAddress: new Map(),
  };

  /** @param isGoing 1 for flows that leave the network, the only ones that count */
  constructor(flows: FlowColumns, isGoing: (flow: number) => boolean, traits: TraitCache) {
    const traitsOf = traits.byNumber(flows.names);
    for (let flow = 0; flow < flows.length; flow++) {
      if (!isGoing(flow)) continue;
      const { tellsOwnAddress, vendor } = traitsOf(shownName(flows, flow));
      if (tellsOwnAddress) this.keep('ownAddress', flows, flow);
      if (hasSign(flows.signs[flow], 'program') && !vendor) this.keep('program', flows, flow);
    }
  }

  /** Whether the source of a connection did this, towards another destination, shortly before it began. */
  isAfter(event: HostEvent, source: number, destination: number, atMs: number): boolean {
    const happened = this.events[event].get(source);
    if (happened === undefined) return false;
    return happened.some((one) => {
      const passedMs = atMs - one.atMs;
      return one.destination !== destination && passedMs > 0 && passedMs <= MEANS_MS[event];
    });
  }

  /** By number of the source's address: when it did this. */
  of(event: HostEvent): ReadonlyMap<number, readonly Readonly<Happened>[]> {
    return this.events[event];
  }

  private keep(event: HostEvent, flows: FlowColumns, flow: number): void {
    const source = flows.source[flow];
    const known = this.events[event].get(source) ?? [];
    if (known.length >= MOST_EVENTS) return;
    known.push({ atMs: firstMsOf(flows, flow), destination: flows.destination[flow], flow });
    this.events[event].set(source, known);
  }
}
