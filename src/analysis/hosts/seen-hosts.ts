import type { FlowColumns } from '../flows/columns.ts';
import type { Groups } from '../flows/group.ts';
import type { HostsSeen } from '../inspect/hosts/hosts-seen.ts';
import type { HostEvents } from '../triage/host-events.ts';
import { deedsOf } from './deeds.ts';
import { type Host, numberHosts } from './host-numbers.ts';
import { identitiesOf, type Identity } from './identities.ts';
import type { HostDeed } from './story.ts';
import { addTraffic, type TrafficColumns, trafficColumns } from './traffic.ts';

/** Hosts by number, as flows and packets show them, before their connections are looked at. */
export interface SeenHosts {
  hosts: readonly Host[];
  /** Hosts that found no room. */
  leftOut: number;
  /** By host: who it is, the surest first, and what it did once, with the group of each. */
  identities: readonly (readonly Identity[])[];
  deeds: readonly (readonly HostDeed[])[];
  traffic: TrafficColumns;
}

/** Shared by all the hosts that did nothing of note. */
const NO_DEEDS: readonly HostDeed[] = [];

/** What hosts are seen in. */
export interface HostSource {
  flows: FlowColumns;
  groups: Groups;
  /** By address: index into `ZONES`. */
  places: Uint8Array;
  seen: HostsSeen;
  events: HostEvents;
}

/** The hosts of the network, and whose each address of flows is: -1 for none. */
export function seenHosts(source: HostSource): SeenHosts & { ofAddress: Int32Array } {
  const { flows, places, seen } = source;
  const numbers = numberHosts(flows, places, seen);
  const { hosts, ofAddress, leftOut } = numbers;
  const deeds = deedsOf(source, ofAddress);
  const traffic = trafficColumns(hosts.length);
  addTraffic(flows, ofAddress, traffic);
  return {
    hosts,
    ofAddress,
    leftOut,
    identities: identitiesOf(flows, seen.sightings, numbers),
    deeds: hosts.map((_, host) => deeds[host] ?? NO_DEEDS),
    traffic,
  };
}
