import { ByteWriter } from '../bytes.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../ethernet.ts';
import { ipv4 } from '../ipv4.ts';
import { concat, filler } from '../payloads/bytes.ts';
import { dnsQuery, dnsResponse } from '../payloads/dns.ts';
import { tlsApplicationData, tlsClientHello, tlsServerHello } from '../payloads/tls.ts';
import type { Random } from '../random.ts';
import { ACK, maximumSegmentSize, PROTOCOL_TCP, SYN, tcp } from '../tcp.ts';
import { PROTOCOL_UDP, udp } from '../udp.ts';

/** A record of a capture with all but its time, addresses, ports and sequence number filled in. */
export interface Template {
  record: Uint8Array;
  /** Sent by the server. */
  reverse: boolean;
  tcp: boolean;
  /** Sequence numbers it takes. */
  sequenceLength: number;
}

/**
 * What a kind of flow begins with, in order, by the number of its server, and what the rest of its packets are drawn
 * from.
 */
export interface FlowTemplates {
  openings: readonly (readonly Template[])[];
  rest: readonly Template[];
}

/** Shares of all packets. */
export interface PacketShares {
  /** Those of look-ups. */
  lookups: number;
  /** Those that open a TLS flow. */
  openings: number;
}

/** Kinds of flow, as indexes into what `templatesOf` gives. */
export const KIND_TLS = 0;
export const KIND_LOOKUP = 1;
export const KIND_STREAM = 2;
export const SERVER_PORTS: readonly number[] = [443, 53, 4500];

/** Servers, each with a name; 198.18.0.1 is the first, in the range for benchmarks (RFC 2544). */
export const SERVERS = 200;
export const FIRST_SERVER = 0xc6120001;

/** Packets of a TLS flow's opening: SYN, SYN-ACK, ClientHello, ServerHello. */
export const OPENING_PACKETS = 4;
/** Packets of a look-up: one question, one answer. */
export const LOOKUP_PACKETS = 2;
/** Bytes of a record before its frame. */
const RECORD_HEADER = 16;
const TLS_RECORD_HEADER = 5;
/** Streams on port 4500 are ESP in UDP (RFC 3948): they begin with the index of an association, not with letters. */
const ESP_INDEX = [0xd3, 0x5a, 0x11, 0x7e];

const POOL = 512;
const SMALLEST_FRAME = 60;
const LARGEST_SMALL_FRAME = 120;
const LARGEST_FRAME = 1514;
/** Share of a TCP flow's packets that only acknowledge, where the average allows: about half in captures of TCP. */
const ACKNOWLEDGMENTS = 0.5;
/** Of packets with data, the share of the full ones that servers send, and of the small ones. */
const FULL_FROM_SERVER = 0.8;
const SMALL_FROM_SERVER = 0.35;

/**
 * Templates by kind whose packets have about `averagePacket` captured bytes over all flows. Frames with data are small
 * (60 to 120 bytes) or full (1514).
 */
export function templatesOf(
  averagePacket: number,
  { lookups, openings }: PacketShares,
  random: Random,
): readonly FlowTemplates[] {
  const tls = Array.from({ length: SERVERS }, (_, server) => tlsOpening(nameOf(server)));
  const lookup = Array.from({ length: SERVERS }, (_, server) => lookupOf(server));
  const rest =
    (averagePacket - openings * averageFrame(tls) - lookups * averageFrame(lookup)) / (1 - openings - lookups);
  return [
    { openings: tls, rest: tcpFrames(rest, random) },
    { openings: lookup, rest: [] },
    { openings: [[]], rest: frameSizes(rest, POOL, random).map((size) => espInUdp(size, random)) },
  ];
}

function tlsOpening(name: string): Template[] {
  return [
    tcpTemplate(false, SYN, maximumSegmentSize(1460), 0),
    tcpTemplate(true, SYN | ACK, maximumSegmentSize(1460), 0),
    tcpTemplate(false, ACK, new Uint8Array(0), tlsClientHello(name)),
    tcpTemplate(true, ACK, new Uint8Array(0), tlsServerHello()),
  ];
}

function lookupOf(server: number): Template[] {
  const name = nameOf(server);
  return [
    udpTemplate(false, dnsQuery(server, name)),
    udpTemplate(true, dnsResponse(server, name, [addressOf(server)])),
  ];
}

function nameOf(server: number): string {
  return `service-${server}.example.com`;
}

function addressOf(server: number): string {
  const address = FIRST_SERVER + server;
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}

function averageFrame(openings: readonly (readonly Template[])[]): number {
  const templates = openings.flat();
  return templates.reduce((sum, { record: { length } }) => sum + length - RECORD_HEADER, 0) / templates.length;
}

function tcpFrames(average: number, random: Random): Template[] {
  const room = (LARGEST_FRAME - average) / (LARGEST_FRAME - SMALLEST_FRAME);
  const acknowledgments = Math.round(POOL * Math.min(ACKNOWLEDGMENTS, room));
  const withData = POOL - acknowledgments;
  const sizes = frameSizes((POOL * average - acknowledgments * SMALLEST_FRAME) / withData, withData, random);
  return [
    ...Array.from({ length: acknowledgments }, () =>
      tcpTemplate(random.chance(1 - FULL_FROM_SERVER), ACK, new Uint8Array(0), 0),
    ),
    ...sizes.map((size) => {
      const fromServer = random.chance(size === LARGEST_FRAME ? FULL_FROM_SERVER : SMALL_FROM_SERVER);
      return tcpTemplate(fromServer, ACK, new Uint8Array(0), tlsApplicationData(size - 54 - TLS_RECORD_HEADER));
    }),
  ];
}

function espInUdp(size: number, random: Random): Template {
  return udpTemplate(random.chance(SMALL_FROM_SERVER), concat(ESP_INDEX, filler(size - 42 - ESP_INDEX.length)));
}

/** A pool of frame sizes with this average. */
function frameSizes(average: number, count: number, random: Random): number[] {
  const largestSmall = Math.max(
    SMALLEST_FRAME,
    Math.min(LARGEST_SMALL_FRAME, Math.round(2 * average - SMALLEST_FRAME)),
  );
  const small = (SMALLEST_FRAME + largestSmall) / 2;
  const full = Math.max(0, Math.round((count * (average - small)) / (LARGEST_FRAME - small)));
  return Array.from({ length: count }, (_, index) =>
    index < full ? LARGEST_FRAME : random.integer(SMALLEST_FRAME, largestSmall),
  );
}

function tcpTemplate(reverse: boolean, flags: number, options: Uint8Array, payload: Uint8Array | number): Template {
  const content = typeof payload === 'number' ? new Uint8Array(payload) : payload;
  const segment = tcp({ sourcePort: 0, destinationPort: 0, acknowledgment: 1, flags, options, payload: content });
  const sequenceLength = content.length + ((flags & SYN) === 0 ? 0 : 1);
  return { record: record(PROTOCOL_TCP, segment), reverse, tcp: true, sequenceLength };
}

function udpTemplate(reverse: boolean, payload: Uint8Array): Template {
  const datagram = udp({ sourcePort: 0, destinationPort: 0, payload });
  return { record: record(PROTOCOL_UDP, datagram), reverse, tcp: false, sequenceLength: 0 };
}

function record(protocol: number, payload: Uint8Array): Uint8Array {
  const packet = ipv4({ source: '0.0.0.0', destination: '0.0.0.0', protocol, payload });
  packet.fill(0, 10, 12);
  const frame = ethernet({ etherType: ETHERTYPE_IPV4, payload: packet, minimumLength: SMALLEST_FRAME });
  return new ByteWriter(true).zeros(8).u32(frame.length).u32(frame.length).bytes(frame).finish();
}
