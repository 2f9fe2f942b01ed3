import { columnOf } from '../memory/columns.ts';
import { firstMsOf, type FlowColumns, lastMsOf } from '../flows/columns.ts';
import { keyed } from '../memory/hash.ts';
import type { FlowTimes } from '../net/flow-spans.ts';
import type { Grouping } from '../settings.ts';
import type { ConnectionDetail } from './connection-detail.ts';

/** Ends that are told of a connection: a filter with more of them would be one that no tool takes. */
export const MOST_ENDS = 32;

const PORTS = 2 ** 16;
const PROTOCOLS = 2 ** 8;

/**
 * Where the packets of a connection go, a proxy's end for what goes through one, most used first, and how many of these
 * ends there is no room for.
 */
export function flowEnds(flows: FlowColumns, members: Uint32Array): Pick<ConnectionDetail, 'ends' | 'otherEnds'> {
  const counts = new Map<number, number>();
  const { addresses, protocol } = flows;
  for (const flow of members) {
    const { address, port } = serverOf(flows, flow);
    const key = keyed((address * PROTOCOLS + protocol[flow]) * PORTS + port);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const ends = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_ENDS)
    .map(([key]) => keyed(key))
    .map((end) => ({
      address: addresses.text(Math.floor(end / (PORTS * PROTOCOLS))),
      protocol: Math.floor(end / PORTS) % PROTOCOLS,
      port: end % PORTS,
    }));
  return { ends, otherEnds: counts.size - ends.length };
}

/** When flows were, to tell their packets from those of others between the same ends. */
export function flowTimes(flows: FlowColumns, members: Uint32Array): FlowTimes {
  return {
    protocol: columnOf(Uint8Array, members, (flow) => flows.protocol[flow]),
    sourcePort: columnOf(Uint16Array, members, (flow) => flows.sourcePort[flow]),
    startMs: columnOf(Float64Array, members, (flow) => firstMsOf(flows, flow)),
    endMs: columnOf(Float64Array, members, (flow) => lastMsOf(flows, flow)),
  };
}

/**
 * Whether flows of other connections may go where these flows' packets do: to a proxy, or to an address with many names,
 * where flows are grouped by these.
 */
export function sharesEnds({ through }: FlowColumns, members: Uint32Array, grouping: Grouping): boolean {
  return grouping === 'src,name' || members.some((flow) => through[flow] !== 0);
}

/** Where a flow's packets go: the number of an address, and a port; a proxy's for what goes through one. */
export function serverOf(
  { destination, destinationPort, through, throughPort }: FlowColumns,
  flow: number,
): { address: number; port: number } {
  return through[flow] === 0
    ? { address: destination[flow], port: destinationPort[flow] }
    : { address: through[flow] - 1, port: throughPort[flow] };
}
