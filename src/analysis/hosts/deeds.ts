import type { FlowColumns } from '../flows/columns.ts';
import { shownName } from '../flows/shown-name.ts';
import type { Groups } from '../flows/group.ts';
import { HOST_EVENTS, type HostEvent, type HostEvents } from '../triage/host-events.ts';
import type { HostDeed } from './story.ts';

const WORDS: Readonly<Record<HostEvent, (end: string) => string>> = {
  program: (end) => `fetched a program from ${end}`,
  ownAddress: (end) => `asked ${end} for its own address`,
};

/** By host: what it did once that gives what follows a meaning, with the connection of each. */
export function deedsOf(
  { flows, groups, events }: { flows: FlowColumns; groups: Groups; events: HostEvents },
  ofAddress: Int32Array,
): HostDeed[][] {
  const deeds: HostDeed[][] = [];
  let groupOf: Uint32Array | null = null;
  for (const event of HOST_EVENTS) {
    for (const [source, happened] of events.of(event)) {
      const host = ofAddress[source];
      if (host < 0) continue;
      groupOf ??= groupsOfFlows(groups, flows.length);
      for (const { atMs, flow } of happened) {
        const group = groupOf[flow];
        const size = groups.offsets[group + 1] - groups.offsets[group];
        (deeds[host] ??= []).push({ atMs, group, flows: size, text: WORDS[event](endOf(flows, flow)) });
      }
    }
  }
  return deeds;
}

function endOf(flows: FlowColumns, flow: number): string {
  const address = flows.addresses.text(flows.destination[flow]);
  const name = flows.names[shownName(flows, flow)];
  return name === '' || name === address ? address : `${name} (${address})`;
}

/** By flow: the group that it is in. */
function groupsOfFlows({ length, order, offsets }: Groups, flows: number): Uint32Array {
  const groupOf = new Uint32Array(flows);
  for (let group = 0; group < length; group++) {
    for (let place = offsets[group]; place < offsets[group + 1]; place++) groupOf[order[place]] = group;
  }
  return groupOf;
}
