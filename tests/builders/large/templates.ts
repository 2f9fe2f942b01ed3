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

/** What a kind of flow begins with, in order, and what the rest of its packets are drawn from. */
export interface FlowTemplates {
  opening: readonly Template[];
  rest: readonly Template[];
}

/** Kinds of flow, as indexes into what `templatesOf` gives. */
export const KIND_TLS = 0;
export const KIND_LOOKUP = 1;
export const KIND_STREAM = 2;
/** Share of flows that are look-ups, and that are streams over UDP; the others are TLS. */
export const LOOKUP_SHARE = 0.1;
export const STREAM_SHARE = 0.15;
export const SERVER_PORTS: readonly number[] = [443, 53, 4500];

/** Packets of a TLS flow's opening: SYN, SYN-ACK, ClientHello, ServerHello. */
export const OPENING_PACKETS = 4;
/** Bytes of a record before its frame. */
const RECORD_HEADER = 16;
const TLS_RECORD_HEADER = 5;
/** Streams on port 4500 are ESP in UDP (RFC 3948): they begin with the index of an association, not with letters. */
const ESP_INDEX = [0xd3, 0x5a, 0x11, 0x7e];
const LOOKUP_AVERAGE = 80;

const POOL = 128;
const SMALLEST_FRAME = 60;
const LARGEST_SMALL_FRAME = 120;
const LARGEST_FRAME = 1514;

/**
 * Templates by kind whose packets have about `averagePacket` captured bytes over all flows, when openings are a share
 * `openings` of the packets. Frames are small (60 to 120 bytes) or full (1514).
 */
export function templatesOf(averagePacket: number, openings: number, random: Random): readonly FlowTemplates[] {
  const others = (averagePacket - LOOKUP_SHARE * LOOKUP_AVERAGE) / (1 - LOOKUP_SHARE);
  const opening = [
    tcpTemplate(false, SYN, maximumSegmentSize(1460), 0),
    tcpTemplate(true, SYN | ACK, maximumSegmentSize(1460), 0),
    tcpTemplate(false, ACK, new Uint8Array(0), tlsClientHello('www.example.com')),
    tcpTemplate(true, ACK, new Uint8Array(0), tlsServerHello()),
  ];
  const openingBytes = opening.reduce((sum, template) => sum + template.record.length - RECORD_HEADER, 0);
  const rest = (others - (openings * openingBytes) / OPENING_PACKETS) / (1 - openings);
  const sizes = frameSizes(rest, random);
  const lookup = [
    udpTemplate(false, dnsQuery(0x1234, 'www.example.com')),
    udpTemplate(true, dnsResponse(0x1234, 'www.example.com', ['192.0.2.1'])),
  ];
  return [
    {
      opening,
      rest: sizes.map((size) => tcpTemplate(random.chance(0.35), ACK, new Uint8Array(0), tlsApplicationData(size - 54 - TLS_RECORD_HEADER))),
    },
    { opening: lookup, rest: lookup },
    { opening: [], rest: sizes.map((size) => udpTemplate(random.chance(0.35), concat(ESP_INDEX, filler(size - 42 - ESP_INDEX.length)))) },
  ];
}

/** A pool of frame sizes with this average. */
function frameSizes(average: number, random: Random): number[] {
  const largestSmall = Math.max(SMALLEST_FRAME, Math.min(LARGEST_SMALL_FRAME, Math.round(2 * average - SMALLEST_FRAME)));
  const small = (SMALLEST_FRAME + largestSmall) / 2;
  const full = Math.max(0, Math.round((POOL * (average - small)) / (LARGEST_FRAME - small)));
  return Array.from({ length: POOL }, (_, index) => (
    index < full ? LARGEST_FRAME : random.integer(SMALLEST_FRAME, largestSmall)
  ));
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
