import { firstMsOf, type FlowColumns, lastMsOf, selectFlows } from '../flows/columns.ts';
import { OBSERVED } from '../flows/observed.ts';
import type { NumberArray } from '../memory/growing-column.ts';
import { AlikeRows, type RowOrigins } from './alike-rows.ts';
import { EndsIndex } from './ends-index.ts';
import { columnsToFill } from './siblings.ts';

/** What is told of one flow by another's row is worth as much as if its own had told it. */
const SHARED = OBSERVED.names | OBSERVED.fingerprints | OBSERVED.certificates | OBSERVED.requests;
/** How far apart the clocks of a capture and of a log may be. */
export const CLOCKS_MS = 1000;
/** What rounding and cutting off make of one time in two logs, in milliseconds. */
export const ROUNDED_MS = 1;
const NONE = -1;

/** Flows that stand for others, which are the same seen again. */
export interface SameFlows {
  /** By flow: the flow that counts in its place; itself for one that counts. */
  standIn: Uint32Array;
  /** Flows that do not count. */
  dropped: number;
}

/**
 * Finds rows of logs that are one flow: rows between the same two ends that start in the same millisecond, or the next in
 * another file, are states of one connection, or the same row once more, and the longest of them is its last state. A row between the same ends and at
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
  const rows = new AlikeRows(flows, origins, packetsFrom);
  /** The entry of the same flow in another file, which rounds times otherwise. */
  const elsewhere = (flow: number, sinceMs: number): number => {
    const others = [sinceMs - ROUNDED_MS, sinceMs + ROUNDED_MS].map((ms) => rows.find(flow, ms));
    return others.find((other) => other !== NONE && !origins.areOfOneFile(rows.rowOf(other), flow)) ?? NONE;
  };
  for (let flow = 0; flow < packetsFrom; flow++) {
    if (standIn[flow] !== flow) continue;
    const sinceMs = flows.sinceMs[flow];
    const own = rows.findOrAdd(flow, sinceMs);
    let entry = own;
    if (own === NONE) {
      if (origins.areSeveralFiles) entry = elsewhere(flow, sinceMs);
      if (entry === NONE) continue;
    }
    const known = rootOf(standIn, rows.rowOf(entry));
    found.dropped++;
    if (flows.durationMs[flow] > flows.durationMs[known]) {
      standIn[known] = flow;
      if (own !== NONE) rows.replace(own, flow);
    } else {
      standIn[flow] = known;
    }
  }
  // A state may have been overtaken more than once: later ones come behind it, but for those told once more.
  for (let flow = packetsFrom - 1; flow >= 0; flow--) standIn[flow] = rootOf(standIn, flow);
}

/** The row that stands for one in the end. What is found on the way there leads further the next time: states may be many. */
export function rootOf(standIn: Uint32Array, row: number): number {
  let stand = row;
  while (standIn[stand] !== stand) stand = standIn[stand] = standIn[standIn[stand]];
  return stand;
}

/** Rows of logs that packets were seen of: of the flows between the same ends the first that had not ended by then. */
function findAmongPackets(flows: FlowColumns, packetsFrom: number, found: SameFlows): void {
  const index = new EndsIndex(flows, packetsFrom, flows.length);
  for (let row = 0; row < packetsFrom; row++) {
    const alike = index.alike(row);
    const fromMs = firstMsOf(flows, row) - CLOCKS_MS;
    const at = firstWhere(alike, (flow) => lastMsOf(flows, flow) >= fromMs);
    if (at === alike.length || firstMsOf(flows, alike[at]) > lastMsOf(flows, row) + CLOCKS_MS) continue;
    found.standIn[row] = alike[at];
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

/**
 * Of the rows from a place up to another: how many were a flow that a row among them, or a flow outside them, stands for.
 */
export function repeatsAmong(
  { standIn }: SameFlows,
  start: number,
  end: number,
): { within: number; elsewhere: number } {
  let within = 0;
  let elsewhere = 0;
  for (let flow = start; flow < end; flow++) {
    const stand = standIn[flow];
    if (stand !== flow && stand >= start && stand < end) within++;
    else if (stand !== flow) elsewhere++;
  }
  return { within, elsewhere };
}

/** The flows that count, with the names and what else others told of them. */
export function countedOnce(flows: FlowColumns, { standIn, dropped }: SameFlows): FlowColumns {
  if (dropped === 0) return flows;
  tellOthers(flows, standIn);
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

/** Gives flows what those that they stand for say of them. */
function tellOthers(flows: FlowColumns, standIn: Uint32Array): void {
  const { observed, signs, name } = flows;
  // What no flow has is looked for once, and not in each row.
  const told = columnsToFill(false).filter((column) => hasAny(flows[column]));
  const unnamed = told.map((column) => flows[column]);
  const named = columnsToFill(true).flatMap((column) => (told.includes(column) ? [flows[column]] : []));
  for (let from = 0; from < flows.length; from++) {
    const to = standIn[from];
    if (to === from) continue;
    observed[to] |= observed[from] & SHARED;
    signs[to] |= signs[from];
    for (const values of name[to] !== 0 ? named : unnamed) if (values[to] === 0) values[to] = values[from];
  }
}

function hasAny(values: NumberArray): boolean {
  for (let at = 0; at < values.length; at++) if (values[at] !== 0) return true;
  return false;
}
