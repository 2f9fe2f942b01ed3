import { columnOf } from '../memory/columns.ts';
import { APPLICATIONS } from '../protocols/application-ids.ts';
import type { FlowColumns } from '../flows/columns.ts';
import type { ConnectionDetail, NotebookValues } from './connection-detail.ts';
import { NAME_SOURCES, TRACE_KINDS } from '../flows/name-sources.ts';
import { createNotebookColumns, NOTEBOOK_COLUMNS, type NotebookColumns } from '../scores/notebook.ts';
import { longestIntervalMs } from '../scores/rhythm-scales.ts';
import type { Unscored } from '../scores/unscored.ts';
import type { SessionIndex } from '../sessions/session-index.ts';
import { sessionStrip } from '../sessions/strip.ts';
import type { ListSettings } from '../settings.ts';
import { flowEndings } from './flow-endings.ts';
import { flowEnds, flowTimes, serverOf, sharesEnds } from './flow-ends.ts';
import { Scorer } from './scorer.ts';
import type { MergedFlows } from './merged-flows.ts';
import { wonSeries } from './won-series.ts';

/**
 * The flows of one connection in order of start, those that start together in order of emission, with all scores.
 *
 * @param capture what all packets of flows span, in milliseconds since 1970
 * @param openSinceMs see `flowEndings`
 */
export function connectionDetail(
  through: MergedFlows,
  sessionIndex: SessionIndex,
  group: number,
  members: Uint32Array,
  list: ListSettings,
  capture: { firstMs: number; lastMs: number },
  openSinceMs: number,
): Omit<ConnectionDetail, 'inVlans'> {
  const { flows } = through;
  const scorer = new Scorer(through, capture, list, members.length);
  scorer.take(members);
  const id = scorer.ordered;
  const checkInsMs = scorer.checkIns.slice();
  const rhythm = scorer.rhythm();
  return {
    length: id.length,
    id,
    ...flowTimes(flows, id),
    destinationPort: columnOf(Uint16Array, id, (flow) => serverOf(flows, flow).port),
    packetsSent: columnOf(Uint32Array, id, (flow) => flows.packetsSent[flow]),
    packetsReceived: columnOf(Uint32Array, id, (flow) => flows.packetsReceived[flow]),
    bytesSent: columnOf(Float64Array, id, (flow) => flows.bytesSent[flow]),
    bytesReceived: columnOf(Float64Array, id, (flow) => flows.bytesReceived[flow]),
    expirationId: columnOf(Uint8Array, id, (flow) => flows.expirationId[flow]),
    begin: columnOf(Uint8Array, id, (flow) => flows.begin[flow]),
    failed: columnOf(Uint8Array, id, (flow) => flows.failed[flow]),
    pieceOf: columnOf(Uint32Array, id, (flow) => sessionIndex.pieceOf(flow)),
    ending: flowEndings(flows, sessionIndex, group, id, openSinceMs),
    session: sessionStrip(sessionIndex, group),
    checkInsMs,
    checkInBytes: scorer.checkInBytes.slice(),
    rhythm,
    won: wonSeries({ timesMs: scorer.seenStarts.slice(), rhythm }, sessionIndex, group, members.length),
    rita: scorer.rita(),
    ...notebookValues(scorer),
    captureFirstMs: capture.firstMs,
    captureLastMs: capture.lastMs,
    longestIntervalMs: longestIntervalMs(capture.lastMs - capture.firstMs),
    ...flowEnds(flows, members),
    sharesEnds: sharesEnds(flows, members, list.grouping),
    names: [...namesOf(flows, members), ...hostNameOf(flows, members)],
    certificates: certificatesOf(flows, members),
    applications: applicationsOf(flows, members),
    traces: tracesOf(flows, members),
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

/** Names that the flows carry and, apart from them, what the source had resolved for those that carry none. */
function namesOf(flows: FlowColumns, members: Uint32Array): ConnectionDetail['names'] {
  const counts = new Map<string, ConnectionDetail['names'][number]>();
  for (const flow of members) {
    const index = flows.name[flow] || flows.resolvedName[flow];
    if (index === 0) continue;
    const source = flows.name[flow] > 0 ? NAME_SOURCES[flows.nameSource[flow]] : 'from dns';
    const key = `${source} ${index}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { name: flows.names[index], source, flows: 1 });
    else known.flows++;
  }
  return [...counts.values()].sort((a, b) => b.flows - a.flows);
}

/** What the servers' certificates say, most used first. */
function certificatesOf(flows: FlowColumns, members: Uint32Array): ConnectionDetail['certificates'] {
  return countTexts(flows, members, flows.certificate).map(({ text, flows: count }) => {
    const [subject, issuer, alternativeName] = text.split('\n');
    return { subject, issuer, alternativeName, flows: count };
  });
}

/** Applications, each known apart from guessed, most used first. */
function applicationsOf(flows: FlowColumns, members: Uint32Array): ConnectionDetail['applications'] {
  const counts = new Map<number, number>();
  for (const flow of members) {
    const key = 2 * flows.application[flow] + flows.applicationGuessed[flow];
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([key, count]) => ({ name: APPLICATIONS[key >> 1], guessed: (key & 1) === 1, flows: count }));
}

/** Fingerprints and headers, kind after kind, of each the most used first. */
function tracesOf(flows: FlowColumns, members: Uint32Array): ConnectionDetail['traces'] {
  return TRACE_KINDS.flatMap((kind) => {
    return countTexts(flows, members, flows[kind]).map(({ text, flows: count }) => ({ kind, text, flows: count }));
  });
}

function countTexts(flows: FlowColumns, members: Uint32Array, column: Uint32Array): { text: string; flows: number }[] {
  const counts = new Map<number, number>();
  for (const flow of members) {
    const text = column[flow];
    if (text > 0) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([text, count]) => ({ text: flows.texts[text], flows: count }));
}
