import { firstMsOf, type FlowColumns, lastMsOf, selectFlows } from '../flows/columns.ts';
import { OBSERVED } from '../flows/observed.ts';
import { mix } from '../memory/hash.ts';
import { columnsToFill } from './siblings.ts';

/** What is told of one flow by another's row is worth as much as if its own had told it. */
const SHARED = OBSERVED.names | OBSERVED.fingerprints | OBSERVED.certificates | OBSERVED.requests;
/** How far apart the clocks of a capture and of a log may be. */
const CLOCKS_MS = 1000;
const NONE = -1;

/** Flows that stand for others, which are the same seen again. */
export interface SameFlows {
  /** By flow: the flow that counts in its place; itself for one that counts. */
  standIn: Uint32Array;
  /** Flows that do not count. */
  dropped: number;
}

/** Where two rows came from. */
export interface RowOrigins {
  areOfOneFile: (a: number, b: number) => boolean;
  /** Whether their logs call them the same. */
  haveSameKey: (a: number, b: number) => boolean;
}

/**
 * Finds rows of logs that are one flow: rows between the same two ends that start in the same millisecond are states of one
 * connection, or the same row once more, and the longest of them is its last state. A row between the same ends and at
 * the time of a flow that packets were seen of is that flow: packets say more.
 *
 * @param packetsFrom the first flow of packets: those behind it are, too
 */
export function sameFlows(flows: FlowColumns, packetsFrom: number, origins: RowOrigins): SameFlows {
  const standIn = Uint32Array.from({ length: flows.length }, (_, flow) => flow);
  const found = { standIn, dropped: 0 };
  if (packetsFrom === 0) return found;
  if (packetsFrom < flows.length) findAmongPackets(flows, packetsFrom, found);
  findAmongRows(flows, packetsFrom, origins, found);
  return found;
}

function findAmongRows(flows: FlowColumns, packetsFrom: number, origins: RowOrigins, found: SameFlows): void {
  const { standIn } = found;
  const slots = new Int32Array(slotsFor(packetsFrom)).fill(NONE);
  const mask = slots.length - 1;
  for (let flow = 0; flow < packetsFrom; flow++) {
    if (standIn[flow] !== flow) continue;
    let slot = mix(endsHash(flows, flow), flows.sinceMs[flow] | 0) & mask;
    while (slots[slot] !== NONE && !isSameRow(flows, origins, slots[slot], flow)) slot = (slot + 1) & mask;
    const known = slots[slot];
    if (known === NONE) {
      slots[slot] = flow;
      continue;
    }
    found.dropped++;
    const isLater = flows.durationMs[flow] > flows.durationMs[known];
    if (isLater) {
      standIn[known] = flow;
      slots[slot] = flow;
    } else {
      standIn[flow] = known;
    }
  }
  // A state may have been overtaken more than once: later ones come behind it, but for those told once more.
  for (let flow = packetsFrom - 1; flow >= 0; flow--) {
    let stand = standIn[flow];
    while (standIn[stand] !== stand) stand = standIn[stand];
    standIn[flow] = stand;
  }
}

/** Rows of logs that packets were seen of: of the flows between the same ends the first that had not ended by then. */
function findAmongPackets(flows: FlowColumns, packetsFrom: number, found: SameFlows): void {
  const count = flows.length - packetsFrom;
  const slots = new Int32Array(slotsFor(count)).fill(NONE);
  const mask = slots.length - 1;
  const slotOf = (flow: number): number => {
    let slot = endsHash(flows, flow) & mask;
    while (slots[slot] !== NONE && !haveSameEnds(flows, slots[slot], flow)) slot = (slot + 1) & mask;
    return slot;
  };
  const groups = new Uint32Array(count);
  for (let place = 0; place < count; place++) {
    const slot = slotOf(packetsFrom + place);
    if (slots[slot] === NONE) slots[slot] = packetsFrom + place;
    groups[place] = slot;
  }
  const order = Uint32Array.from({ length: count }, (_, place) => place);
  const startMs = (place: number): number => firstMsOf(flows, packetsFrom + place);
  order.sort((a, b) => groups[a] - groups[b] || startMs(a) - startMs(b) || a - b);
  for (let row = 0; row < packetsFrom; row++) {
    const slot = slotOf(row);
    if (slots[slot] === NONE) continue;
    const fromMs = firstMsOf(flows, row) - CLOCKS_MS;
    const at = firstWhere(order, (place) => {
      return groups[place] > slot || (groups[place] === slot && lastMsOf(flows, packetsFrom + place) >= fromMs);
    });
    if (at === count || groups[order[at]] !== slot || startMs(order[at]) > lastMsOf(flows, row) + CLOCKS_MS) continue;
    found.standIn[row] = packetsFrom + order[at];
    found.dropped++;
  }
}

/** The first place of an order from which on something holds, its length where it never does. */
function firstWhere(order: Uint32Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(order[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The flows that count, with the names and what else others told of them. */
export function countedOnce(flows: FlowColumns, { standIn, dropped }: SameFlows): FlowColumns {
  if (dropped === 0) return flows;
  for (let flow = 0; flow < flows.length; flow++) if (standIn[flow] !== flow) tell(flows, flow, standIn[flow]);
  const kept = new Uint32Array(flows.length - dropped);
  const places = new Uint32Array(flows.length);
  let length = 0;
  for (let flow = 0; flow < flows.length; flow++) {
    if (standIn[flow] !== flow) continue;
    places[flow] = length;
    kept[length++] = flow;
  }
  // Each value is moved to a place before its own, or stays: there is no need of other arrays.
  const counted = selectFlows(flows, kept, (column, count) => column.subarray(0, count));
  counted.firstPiece = counted.firstPiece.map((piece) => places[standIn[piece]]);
  return counted;
}

/** Gives a flow what another says of it. */
function tell(flows: FlowColumns, from: number, to: number): void {
  flows.observed[to] |= flows.observed[from] & SHARED;
  flows.signs[to] |= flows.signs[from];
  for (const column of columnsToFill(flows.name[to] !== 0)) {
    if (flows[column][to] === 0) flows[column][to] = flows[column][from];
  }
}

function slotsFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, 2 * count)));
}

/** A hash of both ends, whichever of them is the source. */
function endsHash(flows: FlowColumns, flow: number): number {
  const { source, destination, sourcePort, destinationPort, protocol } = flows;
  const a = mix(source[flow], sourcePort[flow]);
  const b = mix(destination[flow], destinationPort[flow]);
  return mix((a + b) | 0, protocol[flow]);
}

function haveSameEnds(flows: FlowColumns, a: number, b: number): boolean {
  const { source, destination, sourcePort, destinationPort, protocol } = flows;
  if (protocol[a] !== protocol[b]) return false;
  if (source[a] === source[b] && destination[a] === destination[b])
    return sourcePort[a] === sourcePort[b] && destinationPort[a] === destinationPort[b];
  return (
    source[a] === destination[b] &&
    destination[a] === source[b] &&
    sourcePort[a] === destinationPort[b] &&
    destinationPort[a] === sourcePort[b]
  );
}

function isSameRow(flows: FlowColumns, origins: RowOrigins, a: number, b: number): boolean {
  if (flows.sinceMs[a] !== flows.sinceMs[b] || !haveSameEnds(flows, a, b)) return false;
  if (origins.haveSameKey(a, b)) return true;
  // Of one file, two rows are the same only where it calls them so.
  if (origins.areOfOneFile(a, b)) return false;
  // Protocols without ports have many flows between two hosts at once: those of other sizes are others.
  if (flows.sourcePort[a] !== 0 || flows.destinationPort[a] !== 0) return true;
  return flows.bytesSent[a] === flows.bytesSent[b] && flows.bytesReceived[a] === flows.bytesReceived[b];
}
