import type { FlowColumns } from '../flows/columns.ts';
import type { ConnectionTable, TextPool } from '../report.ts';
import { NAME_SOURCES, poolOf, ROW_BINS } from '../report.ts';
import { createNotebookColumns, scoreNotebook } from '../scores/notebook.ts';
import { median, sortAscending } from '../scores/statistics.ts';
import type { Groups } from './group.ts';
import { rowBinOf } from './histogram.ts';
import { NameCounter } from './names.ts';

/** The part of a `Report` that depends on the limit. The pools hold only what the listed connections use. */
export interface ReportTables {
  connections: ConnectionTable;
  addresses: TextPool;
  names: TextPool;
}

/** Lists and scores the connections with strictly more than `minFlows` flows, in the order of the groups. */
export function buildReportTables(flows: FlowColumns, groups: Groups, minFlows: number): ReportTables {
  const listed = listedGroups(groups, minFlows);
  const table = createTable(listed.length);
  const addresses = new PoolBuilder(flows.addresses);
  const names = new PoolBuilder(flows.names);
  names.indexOf(0);
  const nameCounter = new NameCounter(flows);
  const scratch = createScratch(groups, listed);
  for (let row = 0; row < listed.length; row++) {
    const group = listed[row];
    const members = groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]);
    const [first] = members;
    table.group[row] = group;
    table.source[row] = addresses.indexOf(flows.source[first]);
    table.destination[row] = addresses.indexOf(flows.destination[first]);
    table.destinationPort[row] = flows.destinationPort[first];
    table.flows[row] = members.length;
    table.protocol[row] = commonProtocol(flows, members);
    nameCounter.count(members);
    const carried = nameCounter.mostUsed();
    const name = carried === 0 ? flows.hostName[flows.destination[first]] : carried;
    table.name[row] = names.indexOf(name);
    table.nameSource[row] = carried === 0 ? sourceOfHostName(name) : nameCounter.sourceOf(name);
    table.otherNames[row] = Math.max(0, nameCounter.distinct - 1);
    addTraffic(flows, members, table, row);
    describeTimes(flows, members, table, row, scratch);
  }
  return { connections: table, addresses: addresses.pool(), names: names.pool() };
}

/** Index into `NAME_SOURCES` for a name that no flow carries. */
function sourceOfHostName(name: number): number {
  return name === 0 ? 0 : NAME_SOURCES.indexOf('capture');
}

function listedGroups(groups: Groups, minFlows: number): Uint32Array {
  const listed = new Uint32Array(groups.length);
  let count = 0;
  for (let group = 0; group < groups.length; group++) {
    if (groups.offsets[group + 1] - groups.offsets[group] > minFlows) listed[count++] = group;
  }
  return listed.slice(0, count);
}

function createTable(length: number): ConnectionTable {
  return {
    length,
    group: new Uint32Array(length),
    source: new Uint32Array(length),
    destination: new Uint32Array(length),
    destinationPort: new Uint16Array(length),
    protocol: new Uint8Array(length),
    name: new Uint32Array(length),
    nameSource: new Uint8Array(length),
    otherNames: new Uint32Array(length),
    flows: new Uint32Array(length),
    medianDeltaMs: new Float64Array(length),
    packetsSent: new Float64Array(length),
    packetsReceived: new Float64Array(length),
    bytesSent: new Float64Array(length),
    bytesReceived: new Float64Array(length),
    firstSeenMs: new Float64Array(length),
    lastSeenMs: new Float64Array(length),
    deltaHistogram: new Uint32Array(length * ROW_BINS),
    notebook: createNotebookColumns(length),
  };
}

/** Buffers as long as the largest listed group, used again for every one. */
interface Scratch {
  starts: Float64Array;
  sizes: Float64Array;
  work: Float64Array;
}

function createScratch(groups: Groups, listed: Uint32Array): Scratch {
  let longest = 0;
  for (const group of listed) longest = Math.max(longest, groups.offsets[group + 1] - groups.offsets[group]);
  return { starts: new Float64Array(longest), sizes: new Float64Array(longest), work: new Float64Array(longest) };
}

function commonProtocol(flows: FlowColumns, members: Uint32Array): number {
  const [first] = members;
  const protocol = flows.protocol[first];
  if (members.every((flow) => flows.protocol[flow] === protocol)) return protocol;
  const counts = new Uint32Array(256);
  for (const flow of members) counts[flows.protocol[flow]]++;
  return members.reduce((best, flow) => {
    const candidate = flows.protocol[flow];
    return counts[candidate] > counts[best] ? candidate : best;
  }, protocol);
}

function addTraffic(flows: FlowColumns, members: Uint32Array, table: ConnectionTable, row: number): void {
  let firstSeen = Number.POSITIVE_INFINITY;
  let lastSeen = Number.NEGATIVE_INFINITY;
  for (const flow of members) {
    table.packetsSent[row] += flows.packetsSent[flow];
    table.packetsReceived[row] += flows.packetsReceived[flow];
    table.bytesSent[row] += flows.bytesSent[flow];
    table.bytesReceived[row] += flows.bytesReceived[flow];
    firstSeen = Math.min(firstSeen, flows.firstMs[flow]);
    lastSeen = Math.max(lastSeen, flows.lastMs[flow]);
  }
  table.firstSeenMs[row] = firstSeen;
  table.lastSeenMs[row] = lastSeen;
}

/** Everything that comes from the deltas between flow starts: score, median and histogram. */
function describeTimes(
  flows: FlowColumns, members: Uint32Array, table: ConnectionTable, row: number, scratch: Scratch,
): void {
  const count = members.length;
  const starts = scratch.starts.subarray(0, count);
  const sizes = scratch.sizes.subarray(0, count);
  for (let index = 0; index < count; index++) {
    starts[index] = flows.firstMs[members[index]];
    sizes[index] = flows.bytesSent[members[index]];
  }
  sortAscending(starts);
  scoreNotebook(starts, sizes, table.notebook, row, scratch.work);
  const deltas = scratch.work.subarray(0, Math.max(0, count - 1));
  for (let index = 1; index < count; index++) {
    const delta = starts[index] - starts[index - 1];
    deltas[index - 1] = delta;
    table.deltaHistogram[row * ROW_BINS + rowBinOf(delta)]++;
  }
  sortAscending(deltas);
  table.medianDeltaMs[row] = median(deltas);
}

/** Copies the texts that are used, in order of first use, and renumbers them. */
class PoolBuilder {
  private readonly texts: readonly string[];
  private readonly used: string[] = [];
  /** New index of each text plus one; 0 while it is unused. */
  private readonly places: Uint32Array;

  constructor(texts: readonly string[]) {
    this.texts = texts;
    this.places = new Uint32Array(texts.length);
  }

  indexOf(text: number): number {
    if (this.places[text] === 0) this.places[text] = this.used.push(this.texts[text]);
    return this.places[text] - 1;
  }

  pool(): TextPool {
    return poolOf(this.used);
  }
}
