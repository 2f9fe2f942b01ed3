import type { FlowColumns } from '../flows/columns.ts';
import type { ConnectionDetail, NotebookValues } from '../report.ts';
import { NAME_SOURCES } from '../report.ts';
import { createNotebookColumns, NOTEBOOK_COLUMNS, type NotebookColumns } from '../scores/notebook.ts';
import { rhythmEvents } from '../scores/rhythm-events.ts';
import { longestIntervalMs } from '../scores/rhythm-scales.ts';
import type { Unscored } from '../scores/unscored.ts';
import type { ListSettings } from '../settings.ts';
import { NameCounter } from './names.ts';
import { Scorer } from './scorer.ts';
import type { SeenThrough } from './seen-through.ts';

/**
 * The flows of one connection in order of start, those that start together in order of emission, with all scores.
 *
 * @param capture what all packets of flows span, in milliseconds since 1970
 */
export function connectionDetail(
  through: SeenThrough, members: Uint32Array, list: ListSettings, capture: { firstMs: number; lastMs: number },
): ConnectionDetail {
  const { flows } = through;
  const scorer = new Scorer(through, capture, list, members.length);
  scorer.take(members);
  const id = scorer.ordered;
  const rhythm = scorer.rhythm();
  return {
    length: id.length,
    id,
    startMs: Float64Array.from(id, (flow) => flows.firstMs[flow]),
    endMs: Float64Array.from(id, (flow) => flows.lastMs[flow]),
    protocol: Uint8Array.from(id, (flow) => flows.protocol[flow]),
    sourcePort: Uint16Array.from(id, (flow) => flows.sourcePort[flow]),
    packetsSent: Uint32Array.from(id, (flow) => flows.packetsSent[flow]),
    packetsReceived: Uint32Array.from(id, (flow) => flows.packetsReceived[flow]),
    bytesSent: Float64Array.from(id, (flow) => flows.bytesSent[flow]),
    bytesReceived: Float64Array.from(id, (flow) => flows.bytesReceived[flow]),
    expirationId: Uint8Array.from(id, (flow) => flows.expirationId[flow]),
    begin: Uint8Array.from(id, (flow) => flows.begin[flow]),
    failed: Uint8Array.from(id, (flow) => flows.failed[flow]),
    checkInsMs: scorer.checkIns.slice(),
    checkInBytes: scorer.checkInBytes.slice(),
    rhythm,
    events: rhythm.score === null ? null : rhythmEvents(scorer.checkIns, rhythm),
    rita: scorer.rita(),
    ...notebookValues(scorer),
    captureFirstMs: capture.firstMs,
    captureLastMs: capture.lastMs,
    longestIntervalMs: longestIntervalMs(capture.lastMs - capture.firstMs),
    names: [...namesOf(flows, members), ...hostNameOf(flows, members)],
  };
}

function notebookValues(scorer: Scorer): Pick<ConnectionDetail, 'notebook' | 'corrected'> {
  const columns = { notebook: createNotebookColumns(1), corrected: createNotebookColumns(1) };
  const refused = scorer.notebook({ ...columns, row: 0 });
  const values = (frame: NotebookColumns, refusal: Unscored | null): NotebookValues | Unscored => {
    if (refusal !== null) return refusal;
    const numbers = Object.fromEntries(NOTEBOOK_COLUMNS.map((column) => [column, frame[column][0]]));
    return { ...(numbers as Omit<NotebookValues, 'score'>), score: frame.Score[0] };
  };
  return {
    notebook: values(columns.notebook, refused.notebook),
    corrected: values(columns.corrected, refused.corrected),
  };
}

/** The name of the destination by the capture's own name blocks. */
function hostNameOf(flows: FlowColumns, [first]: Uint32Array): ConnectionDetail['names'] {
  const name = flows.hostName[flows.destination[first]];
  return name === 0 ? [] : [{ name: flows.names[name], source: 'capture', flows: 0 }];
}

function namesOf(flows: FlowColumns, members: Uint32Array): ConnectionDetail['names'] {
  const counter = new NameCounter(flows);
  counter.count(members);
  return Array.from(counter.seen.subarray(0, counter.distinct), (name) => ({
    name: flows.names[name],
    source: NAME_SOURCES[counter.sourceOf(name)],
    flows: counter.countOf(name),
  })).sort((a, b) => b.flows - a.flows);
}
