import { firstMsOf, type FlowColumns, lastMsOf } from '../../src/analysis/flows/columns.ts';

/** NFStream's columns that make up a flow here: key, times, packets and bytes by direction, and how it ended. */
export function flowRow(flows: FlowColumns, id: number): Record<string, string> {
  const values = {
    id,
    expiration_id: flows.expirationId[id],
    src_ip: flows.addresses.text(flows.source[id]),
    src_port: flows.sourcePort[id],
    dst_ip: flows.addresses.text(flows.destination[id]),
    dst_port: flows.destinationPort[id],
    protocol: flows.protocol[id],
    ip_version: flows.addresses.text(flows.source[id]).includes(':') ? 6 : 4,
    vlan_id: flows.vlanId[id],
    tunnel_id: flows.tunnelId[id],
    bidirectional_first_seen_ms: firstMsOf(flows, id),
    bidirectional_last_seen_ms: lastMsOf(flows, id),
    src2dst_packets: flows.packetsSent[id],
    src2dst_bytes: flows.bytesSent[id],
    dst2src_packets: flows.packetsReceived[id],
    dst2src_bytes: flows.bytesReceived[id],
  };
  return Object.fromEntries(Object.entries(values).map(([column, value]) => [column, String(value)]));
}

/** Some columns of a row. */
export function pick(row: Record<string, string>, columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}

/** What tells most about a flow, in one line: ends, protocol, VLAN, tunnel, and packets and bytes there and back. */
export function briefly(row: Record<string, string>): string {
  return (
    `${row.src_ip} ${row.src_port} > ${row.dst_ip} ${row.dst_port}, protocol ${row.protocol}, vlan ` +
    `${row.vlan_id}, tunnel ${row.tunnel_id}: ` +
    `${row.src2dst_packets} of ${row.src2dst_bytes}, ${row.dst2src_packets} of ${row.dst2src_bytes}`
  );
}
