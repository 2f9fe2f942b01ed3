import { firstMsOf, type FlowColumns, lastMsOf } from '../flows/columns.ts';
import { createColumns } from '../memory/schema.ts';
import { HOST_SCHEMA, type HostColumns } from './schema.ts';

/** Columns that flows add up to. */
export const TRAFFIC = ['firstSeenMs', 'lastSeenMs', 'flows', 'bytesSent', 'bytesReceived'] as const;
export type TrafficColumns = Pick<HostColumns, (typeof TRAFFIC)[number]>;

/** Columns of so many hosts without traffic. */
export function trafficColumns(length: number): TrafficColumns {
  const { firstSeenMs, lastSeenMs, flows, bytesSent, bytesReceived } = HOST_SCHEMA;
  return createColumns({ firstSeenMs, lastSeenMs, flows, bytesSent, bytesReceived }, length);
}

/** Adds up the flows from and to hosts; what a host sends itself counts once, as sent. */
export function addTraffic(flows: FlowColumns, ofAddress: Int32Array, columns: TrafficColumns): void {
  columns.firstSeenMs.fill(Number.NaN);
  columns.lastSeenMs.fill(Number.NaN);
  for (let flow = 0; flow < flows.length; flow++) {
    const source = ofAddress[flows.source[flow]];
    const destination = ofAddress[flows.destination[flow]];
    const [sent, received] = [flows.bytesSent[flow], flows.bytesReceived[flow]];
    if (source >= 0) addFlow(flows, flow, columns, source, sent, received);
    if (destination >= 0 && destination !== source) addFlow(flows, flow, columns, destination, received, sent);
  }
}

function addFlow(
  flows: FlowColumns,
  flow: number,
  columns: TrafficColumns,
  host: number,
  sent: number,
  received: number,
): void {
  columns.flows[host]++;
  columns.bytesSent[host] += sent;
  columns.bytesReceived[host] += received;
  const [firstMs, lastMs] = [firstMsOf(flows, flow), lastMsOf(flows, flow)];
  if (!(columns.firstSeenMs[host] <= firstMs)) columns.firstSeenMs[host] = firstMs;
  if (!(columns.lastSeenMs[host] >= lastMs)) columns.lastSeenMs[host] = lastMs;
}
