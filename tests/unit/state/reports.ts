import { poolOf, ROW_BINS } from '../../../src/analysis/report.ts';
import type { ConnectionTable, Report } from '../../../src/analysis/report.ts';
import { createNotebookColumns, NOTEBOOK_COLUMNS } from '../../../src/analysis/scores/notebook.ts';
import type { NotebookColumns } from '../../../src/analysis/scores/notebook.ts';
import { createRhythmColumns } from '../../../src/analysis/scores/rhythm-columns.ts';
import { createRitaColumns } from '../../../src/analysis/scores/rita-columns.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';

/** What a test says of a connection; the rest is 0. */
export interface Row {
  source: string;
  destination: string;
  port?: number;
  protocol?: number;
  name?: string;
  flows?: number;
  medianMs?: number;
  score?: number;
  bins?: Readonly<Record<number, number>>;
}

/** A report of these connections. */
export function reportOf(rows: readonly Row[], overrides: Partial<Report> = {}): Report {
  const addresses = [...new Set(rows.flatMap((row) => [row.source, row.destination]))];
  const names = [...new Set(['', ...rows.map((row) => row.name ?? '')])];
  const numbers = (value: (row: Row) => number) => Float64Array.from(rows, value);
  const zeros = new Float64Array(rows.length);
  const notebook = Object.fromEntries(NOTEBOOK_COLUMNS.map((column) => [column, zeros])) as NotebookColumns;
  const deltaHistogram = new Uint32Array(rows.length * ROW_BINS);
  rows.forEach((row, at) => Object.entries(row.bins ?? {}).forEach(([bin, count]) => (deltaHistogram[at * ROW_BINS + Number(bin)] = count)));
  const connections: ConnectionTable = {
    length: rows.length,
    group: Uint32Array.from(rows, (_, at) => at),
    source: Uint32Array.from(rows, (row) => addresses.indexOf(row.source)),
    destination: Uint32Array.from(rows, (row) => addresses.indexOf(row.destination)),
    otherDestinations: new Uint32Array(rows.length),
    otherPorts: new Uint32Array(rows.length),
    otherProtocols: new Uint8Array(rows.length),
    failedFlows: new Uint32Array(rows.length),
    resumedFlows: new Uint32Array(rows.length),
    continuedFlows: new Uint32Array(rows.length),
    sorts: new Uint8Array(rows.length),
    corrected: createNotebookColumns(rows.length),
    rita: createRitaColumns(rows.length),
    rhythm: createRhythmColumns(rows.length),
    unscored: {
      notebook: new Uint8Array(rows.length), corrected: new Uint8Array(rows.length), rita: new Uint8Array(rows.length),
      rhythm: new Uint8Array(rows.length),
    },
    destinationPort: Uint16Array.from(rows, (row) => row.port ?? 0),
    protocol: Uint8Array.from(rows, (row) => row.protocol ?? 6),
    name: Uint32Array.from(rows, (row) => names.indexOf(row.name ?? '')),
    nameSource: new Uint8Array(rows.length),
    otherNames: new Uint32Array(rows.length),
    flows: Uint32Array.from(rows, (row) => row.flows ?? 0),
    medianDeltaMs: numbers((row) => row.medianMs ?? NaN),
    packetsSent: zeros,
    packetsReceived: zeros,
    bytesSent: zeros,
    bytesReceived: zeros,
    firstSeenMs: zeros,
    lastSeenMs: zeros,
    deltaHistogram,
    notebook: { ...notebook, Score: numbers((row) => row.score ?? NaN) },
  };
  return {
    settings: { ...DEFAULT_SETTINGS, minFlows: 10 }, captures: [], packets: 0, flowPackets: 0, flows: 0, groups: rows.length, largestGroup: 0,
    firstMs: null, lastMs: null, packetsOverTime: new Uint32Array(0), sliceMs: 1, addresses: poolOf(addresses), names: poolOf(names), connections,
    ...overrides,
  };
}
