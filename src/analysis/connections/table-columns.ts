import { ROW_BINS, type ScoredTable, SEEN_SLICES } from './scored-table.ts';
import { createNotebookColumns } from '../scores/notebook.ts';
import { createRhythmColumns } from '../scores/rhythm-columns.ts';
import { createRitaColumns } from '../scores/rita-columns.ts';
import { createInnerColumns } from '../sessions/inner-columns.ts';
import { createJoinedColumns } from '../sessions/joined.ts';

/** A table of `length` connections, all 0 and without scores. */
export function createTable(length: number): ScoredTable {
  return {
    length,
    group: new Uint32Array(length),
    source: new Uint32Array(length),
    destination: new Uint32Array(length),
    destinationPort: new Uint16Array(length),
    otherDestinations: new Uint32Array(length),
    otherPorts: new Uint32Array(length),
    protocol: new Uint8Array(length),
    otherProtocols: new Uint8Array(length),
    name: new Uint32Array(length),
    nameSource: new Uint8Array(length),
    otherNames: new Uint32Array(length),
    flows: new Uint32Array(length),
    failedFlows: new Uint32Array(length),
    resumedFlows: new Uint32Array(length),
    continuedFlows: new Uint32Array(length),
    sorts: new Uint8Array(length),
    medianDeltaMs: new Float64Array(length),
    packetsSent: new Float64Array(length),
    packetsReceived: new Float64Array(length),
    bytesSent: new Float64Array(length),
    bytesReceived: new Float64Array(length),
    firstSeenMs: new Float64Array(length),
    lastSeenMs: new Float64Array(length),
    deltaHistogram: new Uint32Array(length * ROW_BINS),
    seen: new Uint8Array(length * SEEN_SLICES),
    notebook: createNotebookColumns(length),
    corrected: createNotebookColumns(length),
    rita: createRitaColumns(length),
    rhythm: createRhythmColumns(length),
    inner: createInnerColumns(length),
    joined: createJoinedColumns(length),
    pieces: new Uint32Array(length),
    piecedSessions: new Uint32Array(length),
    unscored: {
      notebook: new Uint8Array(length),
      corrected: new Uint8Array(length),
      rita: new Uint8Array(length),
      rhythm: new Uint8Array(length),
    },
  };
}
