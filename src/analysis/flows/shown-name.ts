import { CONTINUED, type FlowColumns } from './columns.ts';
import { sourceIndex } from './name-sources.ts';

const FROM_DNS = sourceIndex('from dns');
const CAPTURE = sourceIndex('capture');

/**
 * The name that a flow is shown under: its own, or that of the flow which a timeout cut it off; else what its source
 * last resolved to its destination; else what the capture's name blocks call its destination. Index into
 * `FlowColumns.names`, 0 for none.
 */
export function shownName(flows: FlowColumns, flow: number): number {
  return flows.name[naming(flows, flow)] || flows.resolvedName[flow] || flows.hostName[flows.destination[flow]];
}

/** Where the shown name of a flow comes from: index into `NAME_SOURCES`. */
export function shownNameSource(flows: FlowColumns, flow: number): number {
  const named = naming(flows, flow);
  if (flows.name[named] > 0) return flows.nameSource[named];
  if (flows.resolvedName[flow] > 0) return FROM_DNS;
  return flows.hostName[flows.destination[flow]] > 0 ? CAPTURE : 0;
}

/** The flow whose own name a flow has: a piece goes on with what was said at the beginning. */
function naming({ name, begin, firstPiece }: FlowColumns, flow: number): number {
  return name[flow] === 0 && begin[flow] === CONTINUED ? firstPiece[flow] : flow;
}
