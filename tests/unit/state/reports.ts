import { DnsCollector } from '../../../src/analysis/dns/collector.ts';
import type { Progress } from '../../../src/worker/protocol.ts';
import { noHosts } from '../../../src/analysis/hosts/table.ts';
import { dnsPairs } from '../../../src/analysis/dns/report.ts';
import { emptyColumns } from '../../../src/analysis/flows/columns.ts';
import { poolOf } from '../../../src/analysis/memory/text-pool.ts';
import { ROW_BINS } from '../../../src/analysis/connections/schema.ts';
import { createTable } from '../../../src/analysis/connections/scored-table.ts';
import type { ConnectionTable, Report } from '../../../src/analysis/report/report.ts';
import { NOTEBOOK_COLUMNS } from '../../../src/analysis/scores/notebook.ts';
import type { NotebookColumns } from '../../../src/analysis/scores/notebook.ts';
import { createRhythmColumns, RHYTHM_SCHEMA } from '../../../src/analysis/scores/rhythm-columns.ts';
import { columnNames } from '../../../src/analysis/memory/schema.ts';
import { createRitaColumns } from '../../../src/analysis/scores/rita-columns.ts';
import { createTriageColumns } from '../../../src/analysis/triage/columns.ts';
import { UNSCORED_REASONS } from '../../../src/analysis/scores/unscored.ts';
import { LEVELS } from '../../../src/analysis/sessions/joined.ts';
import { longSessions } from '../../../src/analysis/sessions/long.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { noSessions } from '../analysis/connections/flow-columns.ts';

/** How far some reading has come. */
export const PROGRESS: Progress = {
  file: 'a.pcap',
  fileNumber: 1,
  fileCount: 1,
  bytesRead: 5,
  bytesTotal: 10,
  packets: 1,
  elapsedMs: 2,
};

const NO_GROUPS = { length: 0, order: new Uint32Array(0), offsets: new Uint32Array(1) };

/** What a test says of a connection; the rest is 0, or NaN among the scores. */
export interface Row {
  source: string;
  destination: string;
  port?: number;
  protocol?: number;
  name?: string;
  flows?: number;
  medianMs?: number;
  /** The notebook's. */
  score?: number;
  rhythm?: Partial<Record<keyof typeof RHYTHM_SCHEMA, number>>;
  rita?: number;
  sorts?: number;
  bytesSent?: number;
  bins?: Readonly<Record<number, number>>;
}

const TOO_FEW_VISITS = UNSCORED_REASONS.indexOf('fewer than 5 separate visits');

/** A report of these connections. */
export function reportOf(rows: readonly Row[], overrides: Partial<Report> = {}): Report {
  const addresses = [...new Set(rows.flatMap((row) => [row.source, row.destination]))];
  const names = [...new Set(['', ...rows.map((row) => row.name ?? '')])];
  const numbers = (value: (row: Row) => number) => Float64Array.from(rows, value);
  const zeros = new Float64Array(rows.length);
  const notebook = Object.fromEntries(NOTEBOOK_COLUMNS.map((column) => [column, zeros])) as NotebookColumns;
  const rhythm = createRhythmColumns(rows.length);
  for (const column of columnNames(RHYTHM_SCHEMA)) rhythm[column] = numbers((row) => row.rhythm?.[column] ?? NaN);
  const { score, strength, intervalS, jitter, present, expected } = rhythm;
  const level = Uint8Array.from(rows, (row) => LEVELS.indexOf(row.rhythm === undefined ? 'none' : 'flow'));
  const deltaHistogram = new Uint32Array(rows.length * ROW_BINS);
  rows.forEach((row, at) =>
    Object.entries(row.bins ?? {}).forEach(([bin, count]) => (deltaHistogram[at * ROW_BINS + Number(bin)] = count)),
  );
  const connections: ConnectionTable = {
    ...createTable(rows.length),
    group: Uint32Array.from(rows, (_, at) => at),
    source: Uint32Array.from(rows, (row) => addresses.indexOf(row.source)),
    destination: Uint32Array.from(rows, (row) => addresses.indexOf(row.destination)),
    sorts: Uint8Array.from(rows, (row) => row.sorts ?? 0),
    rita: { ...createRitaColumns(rows.length), score: numbers((row) => row.rita ?? NaN) },
    rhythm,
    joined: { score, strength, intervalS, jitter, present, expected, level },
    triage: createTriageColumns(rows.length),
    unscored: {
      notebook: new Uint8Array(rows.length),
      corrected: new Uint8Array(rows.length),
      rita: new Uint8Array(rows.length),
      rhythm: Uint8Array.from(rows, (row) => (row.rhythm === undefined ? TOO_FEW_VISITS : 0)),
    },
    destinationPort: Uint16Array.from(rows, (row) => row.port ?? 0),
    protocol: Uint8Array.from(rows, (row) => row.protocol ?? 6),
    name: Uint32Array.from(rows, (row) => names.indexOf(row.name ?? '')),
    flows: Uint32Array.from(rows, (row) => row.flows ?? 0),
    medianDeltaMs: numbers((row) => row.medianMs ?? NaN),
    bytesSent: numbers((row) => row.bytesSent ?? 0),
    deltaHistogram,
    notebook: { ...notebook, Score: numbers((row) => row.score ?? NaN) },
  };
  return {
    settings: { ...DEFAULT_SETTINGS },
    captures: [],
    packets: 0,
    flowPackets: 0,
    flows: 0,
    groups: rows.length,
    largestGroup: 0,
    firstMs: null,
    lastMs: null,
    packetsOverTime: new Uint32Array(0),
    sliceMs: 1,
    packetsFirstMs: null,
    range: null,
    addresses: poolOf(addresses),
    names: poolOf(names),
    connections,
    hosts: noHosts(),
    traces: null,
    pointsOnly: 0,
    pointsLeftOut: 0,
    rowsLeftOut: 0,
    triage: {
      hosts: 0,
      internalAddresses: 0,
      staysInternal: false,
      prevalenceGap: '',
      setAside: 0,
      folded: 0,
      watchHits: 0,
      watched: poolOf(['']),
      internalTaken: null,
      baseline: null,
      internalProblems: [],
      allow: { entries: 0, pairs: 0, others: 0, problems: [] },
      watch: { entries: 0, pairs: 0, others: 0, problems: [] },
    },
    insideOnly: 0,
    lostMessages: 0,
    dns: dnsPairs(new DnsCollector()),
    long: longSessions(noSessions(emptyColumns(0), NO_GROUPS), NO_GROUPS),
    ...overrides,
  };
}
