import { type Application, applicationId, UNKNOWN } from '../../protocols/application-ids.ts';
import { type Payload, u16, u32, u32LittleEndian, u8 } from './payload.ts';

/** A tunnel in UDP: the ports that it ends at, and whether a payload begins as what goes through it does. */
type TunnelKind = readonly [name: Application, ports: readonly number[], holds: (packet: Payload) => boolean];

const GTP_HEADERS = new Set([4, 6, 8, 20]);
const GENEVE_TYPES = new Set([0x6558, 0x0800, 0x86dd]);
/** IP protocols that GUE carries: IP, GRE and nothing but its own header. */
const GUE_PROTOCOLS = new Set([4, 41, 47, 59]);
/** Map-Request, Map-Reply, Map-Register, Map-Notify, its acknowledgement, and one that is encapsulated (RFC 9301, section 5). */
const LISP_MESSAGES = new Set([1, 2, 3, 4, 5, 8]);
/** Bits that L2TP reserves, its version, and the one that tells a control message (RFC 2661, section 3.1). */
const L2TP_FIXED = 0xb4ff;
const L2TP_VERSIONS = new Set([2, 3]);
/** Labels of MPLS that are followed to what they stand before. */
const MOST_LABELS = 16;

/** The first that is at a packet's port decides: an end of two tunnels is none. */
const KINDS: readonly TunnelKind[] = [
  // Only the flag that an identifier is there, and zeros (RFC 7348, section 5).
  ['VXLAN', [4789], (packet) => u32(packet, 0) === 0x08000000 && u8(packet, 7) === 0],
  // The port that Linux used before, and that of the extension whose fourth byte names what follows.
  ['VXLAN', [8472, 4790], (packet) => u8(packet, 0) >> 4 === 0 && (u8(packet, 0) & 0x08) !== 0 && u16(packet, 1) === 0],
  // Version 0, and an EtherType of Ethernet or IP (RFC 8926, section 3.4).
  ['Geneve', [6081], (packet) => u8(packet, 0) >> 6 === 0 && GENEVE_TYPES.has(u16(packet, 2)) && u8(packet, 7) === 0],
  ['GTP', [2123, 2152, 3386], isGtp],
  ['CAPWAP', [5246, 5247], (packet) => packet.payloadLength >= 8 && u8(packet, 0) <= 1],
  ['L2TP', [1701], isL2tp],
  ['Teredo', [3544], isTeredo],
  ['GUE', [6080], isGue],
  ['LISP', [4341], (packet) => isIp(packet, 8)],
  ['LISP', [4342], (packet) => LISP_MESSAGES.has(u8(packet, 0) >> 4)],
  ['MPLS', [6635], isMpls],
  // Version 1, what was received or sent, and the link type of what is inside.
  ['TZSP', [37_008], (packet) => u8(packet, 0) === 1 && u8(packet, 1) <= 5 && u16(packet, 2) > 0],
];

/** Places in `KINDS`, from 1, by port; 0 for none. A table, for every datagram that nothing else was recognised in comes by. */
const OF_PORT = new Uint8Array(65_536);
for (const [index, [, ports]] of KINDS.entries()) for (const port of ports) OF_PORT[port] = index + 1;

/** Recognises tunnels in datagrams, by their ports and headers. */
export function recogniseTunnel(packet: Payload): number {
  const place = OF_PORT[packet.destinationPort] || OF_PORT[packet.sourcePort];
  if (place === 0) return UNKNOWN;
  const [name, , holds] = KINDS[place - 1];
  return holds(packet) ? applicationId(name) : UNKNOWN;
}

/**
 * Versions 0 to 2, and a length that leaves out the header, whose size they differ in (3GPP TS 29.060, 29.274, 32.295).
 */
function isGtp(packet: Payload): boolean {
  return u8(packet, 0) >> 5 <= 2 && GTP_HEADERS.has(packet.payloadLength - u16(packet, 2));
}

/** A control message with its length, or data whose reserved bits are 0. */
function isL2tp(packet: Payload): boolean {
  const flags = u16(packet, 0);
  if ((flags & 0xfff0) === 0xc800) return L2TP_VERSIONS.has(flags & 0xf) && u16(packet, 2) === packet.payloadLength;
  return packet.payloadLength >= 8 && L2TP_VERSIONS.has(flags & L2TP_FIXED);
}

/**
 * An IPv6 packet whose length is that of the datagram, behind an authentication header and an origin indication, each
 * optional (RFC 4380, section 5.1.1).
 */
function isTeredo(packet: Payload): boolean {
  let at = u16(packet, 0) === 1 ? 13 + u8(packet, 2) + u8(packet, 3) : 0;
  if (u16(packet, at) === 0) at += 8;
  return (
    u8(packet, at) >> 4 === 6 &&
    u16(packet, at + 4) === packet.payloadLength - at - 40 &&
    u32LittleEndian(packet, at + 8) !== 0
  );
}

/** Version 0, data of a known protocol; or version 1, an IP packet at once (draft-ietf-intarea-gue). */
function isGue(packet: Payload): boolean {
  if (u8(packet, 0) >> 6 === 1) return isIp(packet, 0);
  return u8(packet, 0) >> 5 === 0 && packet.payloadLength >= 4 && GUE_PROTOCOLS.has(u8(packet, 1));
}

/** Labels up to the last one, behind which an IP packet begins, or the control word of another (RFC 4385, section 3). */
function isMpls(packet: Payload): boolean {
  let at = 0;
  while (at < 4 * MOST_LABELS && (u8(packet, at + 2) & 1) === 0 && at < packet.payloadLength) at += 4;
  return (u8(packet, at + 2) & 1) === 1 && (isIp(packet, at + 4) || u8(packet, at + 4) >> 4 === 0);
}

/** Whether a packet of IP version 4 or 6 begins here. */
function isIp(packet: Payload, at: number): boolean {
  const version = u8(packet, at) >> 4;
  return version === 4 || version === 6;
}
