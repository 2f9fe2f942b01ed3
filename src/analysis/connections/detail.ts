import type { FlowColumns } from '../flows/columns.ts';
import type { ConnectionDetail } from '../report.ts';
import { NAME_SOURCES } from '../report.ts';
import type { Groups } from './group.ts';
import { NameCounter } from './names.ts';

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
