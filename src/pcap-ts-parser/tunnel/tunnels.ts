import { decodeAuthenticated } from '../network/internet.ts';
import type { Packet, TunnelOpener } from '../packet.ts';
import {
  PORT_CAPWAP_DATA,
  PORT_GENEVE,
  PORT_GTP_U,
  PORT_GUE,
  PORT_L2TP,
  PORT_LISP,
  PORT_MPLS,
  PORT_TEREDO,
  PORT_TZSP,
  PORT_VXLAN_GPE,
  PORTS_VXLAN,
  PROTOCOL_AH,
  PROTOCOL_ETHERIP,
  PROTOCOL_GRE,
} from '../protocols.ts';
import { decodeCapwap, decodeTzsp } from './access-points.ts';
import { decodeEtherIp, decodeGue, decodeL2tp, decodeLisp } from './carriers.ts';
import { decodeMpls } from '../link/ethernet.ts';
import { decodeGre, isErspan } from './gre.ts';
import { decodeGtpU, decodeTeredo } from './ip-in-udp.ts';
import { decodeGeneve, decodeVxlan, decodeVxlanGpe } from './overlays.ts';

/** A tunnel: how it is called and found, and what decodes its content from `at` on, up to `end`. */
export interface Tunnel {
  /** Number that flows of what is inside carry, 1 to 3 being NFStream's; 0 where the tunnel leaves no mark. */
  id: number;
  name: string;
  /** Whether it is opened without being asked for, as NFStream does. */
  always: boolean;
  /** UDP ports, or the IP protocol, that it is found by. */
  ports?: readonly number[];
  protocol?: number;
  decode: (packet: Packet, at: number, end: number) => void;
}

/**
 * Every tunnel that is known; a new one is a row here and its decoder. IP in IP needs no row, for it is IP all the way.
 */
export const TUNNELS: readonly Tunnel[] = [
  { id: 1, name: 'GTP-U', always: true, ports: [PORT_GTP_U], decode: decodeGtpU },
  { id: 2, name: 'CAPWAP', always: true, ports: [PORT_CAPWAP_DATA], decode: decodeCapwap },
  { id: 3, name: 'TZSP', always: true, ports: [PORT_TZSP], decode: decodeTzsp },
  { id: 4, name: 'GRE', always: false, protocol: PROTOCOL_GRE, decode: decodeGre },
  { id: 5, name: 'VXLAN', always: false, ports: PORTS_VXLAN, decode: decodeVxlan },
  { id: 5, name: 'VXLAN', always: false, ports: [PORT_VXLAN_GPE], decode: decodeVxlanGpe },
  { id: 6, name: 'Geneve', always: false, ports: [PORT_GENEVE], decode: decodeGeneve },
  { id: 7, name: 'Teredo', always: false, ports: [PORT_TEREDO], decode: decodeTeredo },
  { id: 8, name: 'EtherIP', always: false, protocol: PROTOCOL_ETHERIP, decode: decodeEtherIp },
  { id: 9, name: 'MPLS in UDP', always: false, ports: [PORT_MPLS], decode: decodeMpls },
  { id: 10, name: 'GUE', always: false, ports: [PORT_GUE], decode: decodeGue },
  { id: 11, name: 'L2TP', always: false, ports: [PORT_L2TP], decode: decodeL2tp },
  { id: 12, name: 'LISP', always: false, ports: [PORT_LISP], decode: decodeLisp },
  { id: 0, name: 'AH', always: false, protocol: PROTOCOL_AH, decode: decodeAuthenticated },
];

/** Places in `TUNNELS`, from 1, by UDP port and by IP protocol; 0 for none. Tables, for every UDP packet comes by. */
const OF_PORT = new Uint8Array(1 << 16);
const OF_PROTOCOL = new Uint8Array(1 << 8);
for (const [index, { ports = [], protocol }] of TUNNELS.entries()) {
  for (const port of ports) OF_PORT[port] = index + 1;
  if (protocol !== undefined) OF_PROTOCOL[protocol] = index + 1;
}
const ALWAYS_OPEN = TUNNELS.filter(({ always }) => always).length;

/** Opens tunnels of the kinds above. */
export const TUNNEL_OPENER: TunnelOpener = {
  ofProtocol: OF_PROTOCOL,
  ofPorts(sourcePort, destinationPort) {
    const destination = OF_PORT[destinationPort];
    const source = OF_PORT[sourcePort];
    if (source === 0) return destination;
    // What is always opened comes first; else the port that the packet is sent to.
    return destination === 0 || (source <= ALWAYS_OPEN && destination > ALWAYS_OPEN) ? source : destination;
  },
  open(packet, number, at, end) {
    openTunnel(packet, TUNNELS[number - 1], at, end);
  },
};

/**
 * Decodes a tunnel's content in place of the packet that carries it. Where an IP packet is inside, the fields then
 * speak of that one; otherwise, and where such tunnels are to stay closed, they are those of the carrying packet still.
 * That there is one in a closed tunnel is counted.
 */
function openTunnel(packet: Packet, tunnel: Tunnel, at: number, end: number): void {
  const {
    ipVersion,
    ipLength,
    source,
    destination,
    protocol,
    sourcePort,
    destinationPort,
    vlanId,
    tunnelId,
    offloaded,
    fragment,
    fragmentAt,
    tcpFlags,
    tcpSequence,
    payload,
    payloadLength,
    wirePayloadLength,
  } = packet;
  packet.ipVersion = 0;
  packet.remarks.silently(() => tunnel.decode(packet, at, end));
  const holdsIp = packet.ipVersion !== 0;
  if (holdsIp && (tunnel.always || packet.opensTunnels)) {
    if (tunnel.id !== 0) packet.tunnelId = tunnel.id;
    return;
  }
  if (holdsIp) packet.remarks.closedTunnel(nameOf(tunnel, packet.bytes, at));
  packet.ipVersion = ipVersion;
  packet.ipLength = ipLength;
  packet.source = source;
  packet.destination = destination;
  packet.protocol = protocol;
  packet.sourcePort = sourcePort;
  packet.destinationPort = destinationPort;
  packet.vlanId = vlanId;
  packet.tunnelId = tunnelId;
  packet.offloaded = offloaded;
  packet.fragment = fragment;
  packet.fragmentAt = fragmentAt;
  packet.laterFragment = 0;
  packet.tcpFlags = tcpFlags;
  packet.tcpSequence = tcpSequence;
  packet.payload = payload;
  packet.payloadLength = payloadLength;
  packet.wirePayloadLength = wirePayloadLength;
  packet.aggregatedAt = 0;
}

function nameOf({ name, protocol }: Tunnel, bytes: Uint8Array, at: number): string {
  return protocol === PROTOCOL_GRE && isErspan(bytes, at) ? 'ERSPAN' : name;
}
