import type { Packet } from '../packet.ts';
import { decodeCapwap } from './capwap.ts';
import { decodeGeneve } from './geneve.ts';
import { decodeGtpU } from './gtp-u.ts';
import { decodeInner, type InnerDecoder } from './inner.ts';
import { decodeTeredo } from './teredo.ts';
import { decodeTzsp } from './tzsp.ts';
import { decodeVxlan, decodeVxlanGpe } from './vxlan.ts';

/** A tunnel over UDP: its number in `TUNNELS`, and its decoder. */
interface UdpTunnel {
  id: number;
  decode: InnerDecoder;
}

const GTP_U: UdpTunnel = { id: 1, decode: decodeGtpU };
const CAPWAP: UdpTunnel = { id: 2, decode: decodeCapwap };
const TZSP: UdpTunnel = { id: 3, decode: decodeTzsp };

/** Tunnels that NFStream leaves closed, by port. Linux once used 8472 for VXLAN, before 4789 was given to it. */
const MORE_TUNNELS = new Map<number, UdpTunnel>([
  [4789, { id: 5, decode: decodeVxlan }],
  [8472, { id: 5, decode: decodeVxlan }],
  [4790, { id: 5, decode: decodeVxlanGpe }],
  [6081, { id: 6, decode: decodeGeneve }],
  [3544, { id: 7, decode: decodeTeredo }],
]);

/** The tunnel that uses a port, if any. Plain comparisons: every UDP packet comes by here. */
function tunnelOfPort(port: number): UdpTunnel | null {
  if (port === 2152) return GTP_U;
  if (port === 5247) return CAPWAP;
  return port === 37008 ? TZSP : null;
}

/**
 * Opens tunnels over UDP. Where an IP packet is inside, the packet's fields then speak of that one; otherwise they are
 * those of the outer packet still.
 */
export function decodeUdpTunnel(packet: Packet, at: number, end: number): void {
  const { sourcePort, destinationPort } = packet;
  let tunnel = tunnelOfPort(destinationPort) ?? tunnelOfPort(sourcePort);
  if (tunnel === null && packet.opensTunnels)
    tunnel = MORE_TUNNELS.get(destinationPort) ?? MORE_TUNNELS.get(sourcePort) ?? null;
  if (tunnel !== null) decodeInner(packet, tunnel.id, tunnel.decode, at, end);
}
