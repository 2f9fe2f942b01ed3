import { type ConnectionTable, ROW_BINS } from '../report.ts';
import { createNotebookColumns } from '../scores/notebook.ts';
import { createRhythmColumns } from '../scores/rhythm-columns.ts';
import { createRitaColumns } from '../scores/rita-columns.ts';

/** A table of `length` connections, all 0 and without scores. */
export function createTable(length: number): ConnectionTable {
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
    notebook: createNotebookColumns(length),
    corrected: createNotebookColumns(length),
    rita: createRitaColumns(length),
    rhythm: createRhythmColumns(length),
    unscored: {
      notebook: new Uint8Array(length),
      corrected: new Uint8Array(length),
      rita: new Uint8Array(length),
      rhythm: new Uint8Array(length),
    },
  };
}
