import type { Packet } from 'pcap-ts-parser';
import type { FlowTimes } from '../analysis/net/flow-spans.ts';
import type { Ends } from '../analysis/net/packet-ends.ts';

/** Connections whose packets are kept with a saved analysis at most. */
export const MOST_KEPT = 4096;
/** Flows beside the one that is followed are told apart up to so many. */
export const MOST_OTHERS = 10_000;

/** The client and the server of what is looked for, and, where it is one flow, its ports and when it was. */
export interface FlowEnds extends Ends {
  /** From the flow's first packet to its last, in milliseconds since 1970; null for all that the captures hold. */
  spanMs: { from: number; to: number } | null;
  /** Flows that alone are meant where others go there, too; all without them. */
  flows?: FlowTimes;
}

/** A place that a source's packets go to, at any time and from any port. */
export interface PlaceEnds extends FlowEnds {
  port: number;
  protocol: number;
}

/**
 * The places that a source's packets go to.
 *
 * @param flows where others go there, too (`sharesEnds`): those that are meant
 */
export function placesOf(
  source: string,
  ends: readonly { address: string; protocol: number; port: number }[],
  flows: FlowTimes | null = null,
): PlaceEnds[] {
  const only = flows === null ? {} : { flows };
  return ends.map(({ address, protocol, port }) => {
    return { source, destination: address, port, sourcePort: null, protocol, spanMs: null, ...only };
  });
}

/** Who sent something: the client or the server. */
export const CLIENT = 0;
export const SERVER = 1;
export type Side = typeof CLIENT | typeof SERVER;

/** Gets a packet, which of the ends it is between, the side that sent it, and when, in milliseconds since 1970. */
export type PacketTaker = (packet: Packet, flow: number, side: Side, atMs: number) => void;

/** A certificate in full (RFC 5280). Texts are bounded and escaped. */
export interface CertificateInFull {
  subject: string;
  issuer: string;
  /** As hexadecimal digits. */
  serial: string;
  /** ISO 8601 in UTC; '' where it cannot be read. */
  notBefore: string;
  notAfter: string;
  /** DNS names, addresses, mail addresses and URIs it is good for, and how many were left out. */
  alternativeNames: string[];
  otherNames: number;
  signature: string;
  /** Fingerprints of the whole certificate. */
  sha1: string;
  sha256: string;
  bytes: number;
}

interface RequestBase {
  /** When its first byte came, milliseconds since 1970, and the client's port. */
  atMs: number;
  clientPort: number;
}

/** An HTTP/1 request with its response; what has not come is null. */
export interface HttpExchange extends RequestBase {
  kind: 'http';
  method: string;
  host: string;
  path: string;
  userAgent: string;
  /** Bytes of the bodies as they were sent. */
  requestBytes: number;
  status: number | null;
  contentType: string;
  server: string;
  responseBytes: number;
  /** Whether only the beginning of a head was captured or is read: the rest and the bodies' sizes are not known. */
  isCut: boolean;
}

/** A question of DNS with the answers to it. */
export interface DnsExchange extends RequestBase {
  kind: 'dns';
  name: string;
  type: string;
  /** Whether a group was asked (multicast DNS, LLMNR): its members answer from addresses of their own. */
  toGroup: boolean;
  /** "NOERROR", "NXDOMAIN" ...; null where no answer came. */
  result: string | null;
  answers: string[];
  /** How many more the answer counts, left out here or cut off when the capture was made. */
  otherAnswers: number;
}

/** A TLS handshake, as far as it is sent in the clear. */
export interface TlsHandshake extends RequestBase {
  kind: 'tls';
  /** What carried it: TCP, or the Initial packets of QUIC. */
  transport: 'tcp' | 'quic';
  serverName: string;
  /** What the client can speak: "h2", "http/1.1". */
  alpn: string;
  /** Its fingerprints; '' of a hello in the format of SSL 2.0. */
  ja3: string;
  ja4: string;
  /** What the server sent in place of a hello: "handshake_failure"; '' for nothing. */
  alert: string;
  /** What the server chose; '' without its hello. */
  version: string;
  cipher: string;
  ja3s: string;
  /** The server's, its own first; none where they are encrypted, as from TLS 1.3 on. */
  certificates: CertificateInFull[];
}

export type Exchange = HttpExchange | DnsExchange | TlsHandshake;

/** What a connection's packets say, read from the captures when it is asked for. */
export interface Evidence {
  /** Packets of the connection that were found. */
  packets: number;
  /** What of the captures could not be read again; '' where all was. */
  unread: string;
  /** Its first requests, and whether there may be more. */
  exchanges: Exchange[];
  more: boolean;
  /** The first bytes of payload each way, of the first flow that has any. */
  firstSent: Uint8Array;
  firstReceived: Uint8Array;
  /** Whether that flow, or where none has bytes any flow, had payload each way by its headers, captured or cut off. */
  hasSent: boolean;
  hasReceived: boolean;
}

/** One flow put together, both sides in the order in which they spoke. */
export interface Conversation {
  packets: number;
  /** What of the captures could not be read again; '' where all was. */
  unread: string;
  /** The ends that were followed; `port` and `sourcePort` are those of the flow. */
  port: number;
  sourcePort: number;
  protocol: number;
  /** Other flows between the ends asked for, which were not followed. */
  otherFlows: number;
  /** All that is kept, one turn after another. */
  bytes: Uint8Array;
  /** Where each turn begins in `bytes`, whose it is, when it began, and the bytes missing before it. */
  start: Uint32Array;
  side: Uint8Array;
  atMs: Float64Array;
  missing: Float64Array;
  /** Bytes of payload each way without repeats, kept or not. */
  sent: number;
  received: number;
  /** Whether more was said than is kept. */
  cut: boolean;
  /** Segments that came again, and bytes that never came. */
  repeated: number;
  lost: number;
}
