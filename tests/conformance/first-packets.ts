import { open } from 'node:fs/promises';
import path from 'node:path';
import { fileHandleSource, type Packet, readPackets } from 'pcap-ts-parser';
import { ipv4Text, ipv6Text } from '../../src/analysis/flows/address-text.ts';
import { concat } from '../builders/payloads/bytes.ts';

const IDLE_MS = 120_000;
const ACTIVE_MS = 1_800_000;
const INSPECTED_PACKETS = 20;

/** One packet with payload of a flow. */
export interface FirstPacket {
  forward: boolean;
  sequence: number;
  payload: Uint8Array;
}

/** The key of a flow as expected values have it, and its first packets with payload. */
export interface FirstPackets {
  key: string;
  protocol: number;
  sourcePort: number;
  destinationPort: number;
  packets: FirstPacket[];
}

interface LiveFlow extends FirstPackets {
  from: string;
  count: number;
  lastMs: number;
  firstMs: number;
}

/** The key of an expected row: what `FirstPackets.key` is. Rows of one key are in order of time. */
export function keyOf(row: Readonly<Record<string, string>>): string {
  return [row.src_ip, row.src_port, row.dst_ip, row.dst_port, row.protocol, row.vlan_id, row.tunnel_id].join(' ');
}

/** The payloads among the first 20 packets of every flow in a capture, by a plain model of NFStream's flows. */
export async function firstPackets(file: string): Promise<FirstPackets[]> {
  const flows: LiveFlow[] = [];
  const live = new Map<string, LiveFlow>();
  let nowMs = 0;
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    await readPackets(fileHandleSource(handle, size, path.basename(file)), (packet) => {
      if (packet.ipVersion === 0) return;
      nowMs = Math.max(nowMs, packet.seconds * 1000 + Math.floor(packet.nanoseconds / 1e6));
      const [from, to] = ends(packet);
      const conversation = [...[from, to].sort(), packet.protocol, packet.vlanId, packet.tunnelId].join(' ');
      let flow = live.get(conversation);
      if (flow === undefined || nowMs - flow.lastMs >= IDLE_MS || nowMs - flow.firstMs >= ACTIVE_MS) {
        const { protocol, sourcePort, destinationPort } = packet;
        const key = [from, to, protocol, packet.vlanId, packet.tunnelId].join(' ');
        flow = { key, from, protocol, sourcePort, destinationPort, packets: [], count: 0, lastMs: nowMs, firstMs: nowMs };
        live.set(conversation, flow);
        flows.push(flow);
      }
      flow.lastMs = nowMs;
      if (flow.count++ >= INSPECTED_PACKETS || packet.payloadLength === 0) return;
      const payload = packet.bytes.slice(packet.payload, packet.payload + packet.payloadLength);
      flow.packets.push({ forward: from === flow.from, sequence: packet.tcpSequence, payload });
    });
  } finally {
    await handle.close();
  }
  return flows;
}

/** One direction of a TCP flow put in order, as far as it has no gap. */
export function joined(packets: readonly FirstPacket[], forward: boolean): Uint8Array {
  const segments = packets.filter((packet) => packet.forward === forward);
  if (segments.length === 0) return new Uint8Array(0);
  const [{ sequence: first }] = segments;
  const placed = segments.map(({ sequence, payload }) => ({ at: (sequence - first) | 0, payload }));
  const inOrder = placed.toSorted((a, b) => a.at - b.at);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const { at, payload } of inOrder) {
    if (at < 0) continue;
    if (at > length) break;
    parts.push(payload.subarray(length - at));
    length = Math.max(length, at + payload.length);
  }
  return concat(...parts);
}

function ends(packet: Packet): [from: string, to: string] {
  const { source, destination, sourcePort, destinationPort } = packet;
  return [`${addressText(packet, source)} ${sourcePort}`, `${addressText(packet, destination)} ${destinationPort}`];
}

function addressText({ bytes, ipVersion }: Packet, at: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, ipVersion === 4 ? 4 : 16);
  if (ipVersion === 4) return ipv4Text(view.getUint32(0));
  return ipv6Text([0, 4, 8, 12].map((word) => view.getUint32(word)), 0);
}
