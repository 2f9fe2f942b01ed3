import { APPLICATIONS } from '../applications/names.ts';
import type { FlowColumns } from '../flows/columns.ts';
import type { ConnectionDetail } from '../report.ts';
import { NAME_SOURCES, TRACE_KINDS } from '../report.ts';
import type { Groups } from './group.ts';

/** The flows of one group in order of start; flows that start together stay in order of emission. */
export function connectionDetail(flows: FlowColumns, groups: Groups, group: number): ConnectionDetail {
  const members = groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]);
  const id = members.slice().sort((a, b) => flows.firstMs[a] - flows.firstMs[b] || a - b);
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
    names: [...namesOf(flows, members), ...hostNameOf(flows, members)],
    certificates: certificatesOf(flows, members),
    applications: applicationsOf(flows, members),
    traces: tracesOf(flows, members),
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
  return [...counts].sort(([, a], [, b]) => b - a)
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
