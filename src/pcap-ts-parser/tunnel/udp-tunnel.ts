import type { Packet } from '../packet.ts';
import { decodeCapwap } from './capwap.ts';
import { decodeGtpU } from './gtp-u.ts';
import { decodeTzsp } from './tzsp.ts';

/** Tunnel ids as NFStream numbers them; they are part of a flow's key. */
const GTP_U = 1;
const CAPWAP = 2;
const TZSP = 3;

/** The tunnel that uses a port, 0 for none. */
function tunnelOfPort(port: number): number {
  if (port === 2152) return GTP_U;
  if (port === 5247) return CAPWAP;
  return port === 37008 ? TZSP : 0;
}

/**
 * Opens the tunnels over UDP that NFStream opens. Where an IP packet is inside, the packet's fields then speak of that
 * one; otherwise they are those of the outer packet still.
 */
export function decodeUdpTunnel(packet: Packet, at: number, end: number, depth: number): void {
  const { ipVersion, source, destination, sourcePort, destinationPort, vlanId, payload, payloadLength } = packet;
  const tunnel = tunnelOfPort(destinationPort) || tunnelOfPort(sourcePort);
  if (tunnel === 0) return;
  packet.ipVersion = 0;
  if (tunnel === GTP_U) decodeGtpU(packet, at, end, depth);
  else if (tunnel === CAPWAP) decodeCapwap(packet, at, end);
  else decodeTzsp(packet, at, end);
  if (packet.ipVersion !== 0) {
    packet.tunnelId = tunnel;
    return;
  }
  packet.ipVersion = ipVersion;
  packet.source = source;
  packet.destination = destination;
  packet.sourcePort = sourcePort;
  packet.destinationPort = destinationPort;
  packet.vlanId = vlanId;
  packet.payload = payload;
  packet.payloadLength = payloadLength;
}
