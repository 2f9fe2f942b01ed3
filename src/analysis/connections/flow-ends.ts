import type { FlowColumns } from '../flows/columns.ts';
import type { ConnectionDetail } from './connection-detail.ts';

/** Ends that are told of a connection: a filter with more of them would be one that no tool takes. */
export const MOST_ENDS = 32;

const PORTS = 2 ** 16;
const PROTOCOLS = 2 ** 8;

/** Where the flows of a connection go, most used first, and how many of these ends there is no room for. */
export function flowEnds(
  { addresses, destination, protocol, destinationPort }: FlowColumns,
  members: Uint32Array,
): Pick<ConnectionDetail, 'ends' | 'otherEnds'> {
  const counts = new Map<number, number>();
  for (const flow of members) {
    const end = (destination[flow] * PROTOCOLS + protocol[flow]) * PORTS + destinationPort[flow];
    counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  const ends = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_ENDS)
    .map(([end]) => ({
      address: addresses[Math.floor(end / (PORTS * PROTOCOLS))],
      protocol: Math.floor(end / PORTS) % PROTOCOLS,
      port: end % PORTS,
    }));
  return { ends, otherEnds: counts.size - ends.length };
}
