import { columnOf } from '../memory/columns.ts';
import type { FlowColumns } from '../flows/columns.ts';
import { shownName } from '../flows/shown-name.ts';
import { comparableName } from '../lists/name-text.ts';
import { ZONES } from '../net/zones.ts';
import { type Baseline, BASELINE_KINDS, type BaselineKind, type BaselineSummary, thingKey } from './baseline.ts';

/** What a baseline does not know of a connection, as bits of `TriageColumns.novelty`. */
export const NOVELTY = {
  /** Where it goes: no name of it, or without names no address, was gone to before. */
  destination: 1,
  /** Who calls: none of its client fingerprints was seen before, from any host. */
  software: 2,
} as const;

const INTERNAL = ZONES.indexOf('internal');
const GROUP = ZONES.indexOf('multicast');

/** Tells what of some flows a baseline does not know, each address, name and fingerprint looked up once. */
export class Novelty {
  readonly summary: BaselineSummary;
  private readonly flows: FlowColumns;
  private readonly places: Uint8Array;
  /** By address, name and other text: hosts that had to do with it before plus one, 0 for what is not known. */
  private readonly address: Uint32Array;
  private readonly name: Uint32Array;
  private readonly text: Uint32Array;

  /** @param places the zone of each address */
  constructor(flows: FlowColumns, places: Uint8Array, baseline: Baseline) {
    const { fromMs, toMs, hosts, kind, text, offsets, leftOut } = baseline;
    this.summary = { fromMs, toMs, hosts: hosts.length, things: text.length, leftOut };
    this.flows = flows;
    this.places = places;
    const known = new Map<string, number>();
    for (let thing = 0; thing < text.length; thing++)
      known.set(thingKey(BASELINE_KINDS[kind[thing]], text[thing]), offsets[thing + 1] - offsets[thing] + 1);
    const before = (of: BaselineKind, own: string): number => known.get(thingKey(of, own)) ?? 0;
    this.address = columnOf(Uint32Array, flows.addresses.texts(), (own) => before('address', own));
    this.name = columnOf(Uint32Array, flows.names, (own) => before('name', comparableName(own)));
    this.text = columnOf(Uint32Array, flows.texts, (own) => before('fingerprint', own));
  }

  /** Bits of `NOVELTY` of a connection's flows, and how many hosts went there before. */
  of(members: Uint32Array): { bits: number; hosts: number } {
    const { flows, places } = this;
    let before = 0;
    let software = 0;
    let hasSoftware = false;
    for (const flow of members) {
      const destination = flows.destination[flow];
      // Who comes from outside, and groups, are not remembered: nothing of them is new.
      if (places[flows.source[flow]] !== INTERNAL || places[destination] === GROUP) return { bits: 0, hosts: 0 };
      const name = shownName(flows, flow);
      before = Math.max(before, name === 0 ? this.address[destination] : this.name[name]);
      for (const text of [flows.clientFingerprint[flow], flows.ja4[flow]]) {
        if (text === 0) continue;
        hasSoftware = true;
        software = Math.max(software, this.text[text]);
      }
    }
    const bits = (before === 0 ? NOVELTY.destination : 0) | (hasSoftware && software === 0 ? NOVELTY.software : 0);
    return { bits, hosts: Math.max(0, before - 1) };
  }
}
