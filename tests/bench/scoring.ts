import { AddressList } from '../../src/analysis/net/address-list.ts';
import { Analysis, NOTHING_READ } from '../../src/analysis/report/analysis.ts';
import { DnsCollector } from '../../src/analysis/dns/collector.ts';
import { dnsPairs } from '../../src/analysis/dns/report.ts';
import { emptyColumns, type FlowColumns } from '../../src/analysis/flows/columns.ts';
import { SessionTable } from '../../src/analysis/sessions/table.ts';
import { DEFAULT_SETTINGS, GROUPINGS, type Grouping } from '../../src/analysis/settings.ts';
import { seededRandom } from '../builders/random.ts';

const FLOWS = 1_000_000;
const CONNECTIONS = 50_000;
const SOURCES = 500;
const DAY_MS = 86_400_000;
const ROUNDS = 3;

/**
 * How many flows connections have: all the same number, of which every connection is scored; or the fewer, the further
 * down the list, by one over the place in it, as in networks, where most connections have too few flows for any score.
 */
const SPREADS = {
  'all 20': () => new Uint32Array(CONNECTIONS).fill(FLOWS / CONNECTIONS),
  'one over rank': () => {
    let harmonic = 0;
    for (let rank = 1; rank <= CONNECTIONS; rank++) harmonic += 1 / rank;
    return Uint32Array.from({ length: CONNECTIONS }, (_, index) => Math.ceil(FLOWS / harmonic / (index + 1)));
  },
};

/** Seconds to group a million flows in 50,000 connections and to give them all scores; best of three rounds. */
export interface ScoringMeasurement {
  spread: string;
  grouping: Grouping;
  flows: number;
  /** Connections with flows enough to be listed. */
  listed: number;
  seconds: number;
}

/** Measures what a worker does after reading, and again whenever the analyst changes the grouping. */
export function scoreMany(): ScoringMeasurement[] {
  return Object.entries(SPREADS).flatMap(([spread, counts]) => {
    const flows = manyFlows(counts());
    return GROUPINGS.map((grouping) => {
      const { listed, seconds } = bestOfRounds(flows, grouping);
      return { spread, grouping, flows: flows.length, listed, seconds };
    });
  });
}

function bestOfRounds(flows: FlowColumns, grouping: Grouping): { listed: number; seconds: number } {
  let seconds = Number.POSITIVE_INFINITY;
  let listed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const startedMs = performance.now();
    const settings = { ...DEFAULT_SETTINGS, grouping };
    const read = { ...NOTHING_READ, packetsOverTime: { counts: new Uint32Array(1), sliceMs: 1 } };
    const analysis = new Analysis({
      settings,
      read,
      flows,
      nfstreamFlows: flows,
      sessions: new SessionTable().finish(),
      dns: dnsPairs(new DnsCollector()),
      network: null,
      baseline: null,
    });
    listed = analysis.report(settings).connections.length;
    seconds = Math.min(seconds, (performance.now() - startedMs) / 1000);
  }
  return { listed, seconds };
}

/** A day of flows: one in ten connections is a clock with jitter, the others come in bursts. */
function manyFlows(counts: Uint32Array): FlowColumns {
  const random = seededRandom(20_261_125);
  const rows: { connection: number; ms: number; bytes: number }[] = [];
  counts.forEach((count, connection) => {
    const periodic = connection % 10 === 0;
    // However many they are, they fit into the day.
    const pace = Math.min(1, FLOWS / CONNECTIONS / count);
    const intervalMs = random.integer(60_000, 3_000_000) * pace;
    let ms = random.uniform(0, DAY_MS / 4);
    for (let flow = 0; flow < count; flow++) {
      rows.push({ connection, ms: Math.round(ms), bytes: random.integer(100, 2000) });
      if (periodic) ms += intervalMs * random.uniform(0.8, 1.2);
      else ms += random.chance(0.25) ? random.exponential(6_000_000 * pace) : random.exponential(2000 * pace);
    }
  });
  const flows = emptyColumns(rows.length);
  rows.sort((a, b) => a.ms - b.ms);
  flows.addresses = AddressList.of(
    Array.from(
      { length: SOURCES + CONNECTIONS / 10 },
      (_, index) => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    ),
  );
  flows.names = ['', ...Array.from({ length: 5000 }, (_, index) => `host-${index}.example`)];
  flows.hostName = new Uint32Array(flows.addresses.length);
  rows.forEach(({ connection, ms, bytes }, flow) => {
    flows.source[flow] = connection % SOURCES;
    flows.destination[flow] = SOURCES + Math.floor(connection / 10);
    flows.destinationPort[flow] = 1000 + (connection % 10);
    flows.sourcePort[flow] = 1024 + (flow % 60_000);
    flows.protocol[flow] = 6;
    flows.sinceMs[flow] = ms;
    flows.durationMs[flow] = 100;
    flows.packetsSent[flow] = 5;
    flows.bytesSent[flow] = bytes;
    flows.ipBytesSent[flow] = bytes;
    flows.firstPiece[flow] = flow;
    flows.name[flow] = connection % 3 === 0 ? 0 : 1 + (Math.floor(connection / 10) % 5000);
  });
  return flows;
}
