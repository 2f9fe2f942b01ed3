import { CONTINUED, firstMsOf, type FlowColumns, lastMsOf, RESUMED } from '../flows/columns.ts';
import type { ScoredTable } from './scored-table.ts';
import type { TextPool } from '../memory/text-pool.ts';
import { ROW_BINS } from './schema.ts';
import { writeRhythm } from '../scores/rhythm-columns.ts';
import { writeRita } from '../scores/rita-columns.ts';
import { median, sortAscending } from '../scores/statistics.ts';
import type { Rhythm } from '../scores/rhythm.ts';
import { reasonCode, type Unscored } from '../scores/unscored.ts';
import type { SessionIndex } from '../sessions/session-index.ts';
import type { ListSettings } from '../settings.ts';
import { Mode } from '../memory/mode.ts';
import { type Groups, largestGroup } from '../flows/group.ts';
import { rowBinOf } from './histogram.ts';
import { NameCounter } from './names.ts';
import { PoolBuilder } from '../memory/text-pool.ts';
import { Scorer } from './scorer.ts';
import { countSeen } from './seen.ts';
import type { MergedFlows } from './merged-flows.ts';
import { FlowSorts } from './sorts.ts';
import { createTable } from './scored-table.ts';

/** Connections with their scores. The pools hold only what the listed ones use. */
export interface ScoredTables {
  connections: ScoredTable;
  addresses: TextPool;
  names: TextPool;
}

/** Connections between two words on how far scoring has come. */
const PROGRESS_ROWS = 256;

/**
 * Describes and scores connections.
 *
 * @param listed numbers of groups, ascending
 * @param sessionIndex the sessions of these groups
 * @param places by address: index into `ZONES`
 * @param capture what all packets of flows span, in milliseconds since 1970
 * @param onScored told now and then how many of how many connections are scored
 */
export function scoreConnections(
  through: MergedFlows,
  groups: Groups,
  listed: Uint32Array,
  sessionIndex: SessionIndex,
  places: Uint8Array,
  list: ListSettings,
  capture: { firstMs: number; lastMs: number },
  onScored: (scored: number, listed: number) => void = () => {},
): ScoredTables {
  const { flows } = through;
  const table = createTable(listed.length);
  const addresses = new PoolBuilder(flows.addresses.length, (address) => flows.addresses.text(address));
  const names = PoolBuilder.of(flows.names);
  names.indexOf(0);
  const nameCounter = new NameCounter(flows);
  const longest = largestGroup(groups);
  const scorer = new Scorer(through, capture, list, longest);
  const sorts = new FlowSorts(flows, places);
  const deltas = new Float64Array(longest);
  const [destinations, ports, protocols, proxies, proxyPorts] = (
    ['destination', 'destinationPort', 'protocol', 'through', 'throughPort'] as const
  ).map((column) => new Mode(flows[column]));
  for (let row = 0; row < listed.length; row++) {
    if (row % PROGRESS_ROWS === 0) onScored(row, listed.length);
    const group = listed[row];
    const members = groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]);
    destinations.count(members);
    ports.count(members);
    protocols.count(members);
    const destination = destinations.value;
    table.group[row] = group;
    table.source[row] = addresses.indexOf(flows.source[members[0]]);
    table.destination[row] = addresses.indexOf(destination);
    table.otherDestinations[row] = destinations.others;
    table.destinationPort[row] = ports.value;
    table.otherPorts[row] = ports.others;
    table.protocol[row] = protocols.value;
    table.otherProtocols[row] = protocols.others;
    proxies.count(members);
    if (proxies.value > 0) {
      proxyPorts.count(members);
      table.through[row] = addresses.indexOf(proxies.value - 1) + 1;
      table.throughPort[row] = proxyPorts.value;
    }
    table.flows[row] = members.length;
    table.sorts[row] = sorts.common(members);
    nameCounter.count(members);
    const name = nameCounter.mostUsed();
    table.name[row] = names.indexOf(name);
    table.nameSource[row] = nameCounter.sourceOf(name);
    table.otherNames[row] = Math.max(0, nameCounter.distinct - 1);
    addTraffic(flows, members, table, row);
    scorer.take(members);
    describeDeltas(scorer.starts, table, row, deltas);
    countSeen(scorer.starts, capture, table.seen, row);
    sessionIndex.write(group, members, writeScores(scorer, table, row), table, row);
  }
  return { connections: table, addresses: addresses.pool(), names: names.pool() };
}

function addTraffic(flows: FlowColumns, members: Uint32Array, table: ScoredTable, row: number): void {
  let firstSeen = Number.POSITIVE_INFINITY;
  let lastSeen = Number.NEGATIVE_INFINITY;
  for (const flow of members) {
    table.packetsSent[row] += flows.packetsSent[flow];
    table.packetsReceived[row] += flows.packetsReceived[flow];
    table.bytesSent[row] += flows.bytesSent[flow];
    table.bytesReceived[row] += flows.bytesReceived[flow];
    table.failedFlows[row] += flows.failed[flow];
    if (flows.begin[flow] === RESUMED) table.resumedFlows[row]++;
    else if (flows.begin[flow] === CONTINUED) table.continuedFlows[row]++;
    firstSeen = Math.min(firstSeen, firstMsOf(flows, flow));
    lastSeen = Math.max(lastSeen, lastMsOf(flows, flow));
  }
  table.firstSeenMs[row] = firstSeen;
  table.lastSeenMs[row] = lastSeen;
}

/** Median and histogram of the deltas between flow starts. */
function describeDeltas(starts: Float64Array, table: ScoredTable, row: number, scratch: Float64Array): void {
  const deltas = scratch.subarray(0, Math.max(0, starts.length - 1));
  for (let index = 1; index < starts.length; index++) {
    const delta = starts[index] - starts[index - 1];
    deltas[index - 1] = delta;
    table.deltaHistogram[row * ROW_BINS + rowBinOf(delta)]++;
  }
  sortAscending(deltas);
  table.medianDeltaMs[row] = median(deltas);
}

/** Writes the scores of the flows and gives back their rhythm. */
function writeScores(scorer: Scorer, table: ScoredTable, row: number): Rhythm | Unscored {
  const { notebook, corrected } = scorer.notebook({ notebook: table.notebook, corrected: table.corrected, row });
  const rita = scorer.rita();
  const rhythm = scorer.rhythm();
  writeRita(rita, table.rita, row);
  writeRhythm(rhythm, table.rhythm, row);
  if (notebook !== null) table.unscored.notebook[row] = reasonCode(notebook);
  if (corrected !== null) table.unscored.corrected[row] = reasonCode(corrected);
  table.unscored.rita[row] = reasonCode(rita);
  table.unscored.rhythm[row] = reasonCode(rhythm);
  return rhythm;
}
