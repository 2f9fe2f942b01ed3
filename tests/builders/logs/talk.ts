import type { Endpoint } from '../conversation.ts';
import type { CertificateFields } from '../payloads/certificate.ts';
import type { SidedPacket } from '../traffic.ts';

/** A request of HTTP, and what came back. */
export interface LoggedRequest {
  method: string;
  uri: string;
  host: string | null;
  agent: string | null;
  status: number;
  /** The media type that the answer has by its header, and the one that its bytes have. */
  contentType: string;
  sniffedType: string;
}

/** A question of DNS and its answer. */
export interface LoggedLookUp {
  id: number;
  name: string;
  type: 'A' | 'AAAA';
  rcode: 'NOERROR' | 'NXDOMAIN';
  /** Record type and data. */
  answers: readonly (readonly [string, string])[];
}

/** One conversation: its packets, and what sensors that watch it write of it. */
export interface Talk {
  client: Endpoint;
  server: Endpoint;
  packets: SidedPacket[];
  /** What it speaks, as Zeek calls it: "ssl"; '' for what no sensor knows. */
  service: string;
  /** The name that a hello asks for, null for none; and the server's certificate where it is sent in the clear. */
  hello?: { name: string | null; certificate: CertificateFields | null };
  requests?: readonly LoggedRequest[];
  lookUp?: LoggedLookUp;
}

/** What one end of a conversation sent. */
export interface SentCounts {
  packets: number;
  frameBytes: number;
  ipBytes: number;
  payload: number;
  /** All flags of TCP that it set. */
  flags: number;
}

/** What a conversation comes to. */
export interface TalkCounts {
  /** IP protocol number. */
  protocol: number;
  /** Seconds since 1970, and microseconds in them. */
  first: { seconds: number; microseconds: number };
  last: { seconds: number; microseconds: number };
  sent: SentCounts;
  received: SentCounts;
  /** Zeek's letters for what happened first in each direction: SYN, answer, acknowledgment, data, FIN, RST. */
  history: string;
}

const TCP = 6;
const UDP = 17;
const ETHERNET = 14;
const [FIN, SYN, RST, ACK] = [1, 2, 4, 16];

/** Counts what the packets of a conversation hold, by their headers. */
export function countsOf({ packets }: Pick<Talk, 'packets'>): TalkCounts {
  const sides = [true, false].map((): SentCounts => ({ packets: 0, frameBytes: 0, ipBytes: 0, payload: 0, flags: 0 }));
  const [sent, received] = sides;
  let history = '';
  let protocol = 0;
  for (const packet of packets) {
    const side = packet.ofClient ? sent : received;
    const read = headersOf(packet.data);
    ({ protocol } = read);
    side.packets++;
    side.frameBytes += packet.wireLength ?? packet.data.length;
    side.ipBytes += read.ipBytes;
    side.payload += read.payload;
    side.flags |= read.flags;
    const letters = protocol === TCP || protocol === UDP ? lettersOf(read) : '';
    for (const letter of packet.ofClient ? letters : letters.toLowerCase())
      if (!history.includes(letter)) history += letter;
  }
  const timeOf = ({ seconds, nanoseconds }: SidedPacket) => ({ seconds, microseconds: Math.floor(nanoseconds / 1000) });
  const [first, last] = [packets[0], packets.at(-1) ?? packets[0]].map(timeOf);
  return { protocol, first, last, sent, received, history };
}

interface Headers {
  protocol: number;
  ipBytes: number;
  payload: number;
  flags: number;
}

function headersOf(frame: Uint8Array): Headers {
  const u16 = (at: number): number => frame[at] * 256 + frame[at + 1];
  const isIpv6 = frame[ETHERNET] >> 4 === 6;
  const ipBytes = isIpv6 ? 40 + u16(ETHERNET + 4) : u16(ETHERNET + 2);
  const ipHeader = isIpv6 ? 40 : (frame[ETHERNET] & 15) * 4;
  const protocol = frame[ETHERNET + (isIpv6 ? 6 : 9)];
  const transport = ETHERNET + ipHeader;
  const header = protocol === TCP ? (frame[transport + 12] >> 4) * 4 : 8;
  return {
    protocol,
    ipBytes,
    payload: ipBytes - ipHeader - header,
    flags: protocol === TCP ? frame[transport + 13] : 0,
  };
}

function lettersOf({ payload, flags }: Headers): string {
  if ((flags & SYN) !== 0) return (flags & ACK) === 0 ? 'S' : 'H';
  const data = payload > 0 ? 'D' : '';
  if ((flags & RST) !== 0) return 'R';
  if ((flags & FIN) !== 0) return `${data}F`;
  return data === '' ? 'A' : data;
}

/** Whether a conversation of TCP was begun, answered, ended by both ends, or broken off by one. */
export function outcomeOf({ sent, received }: TalkCounts) {
  const has = (side: SentCounts, flag: number): boolean => (side.flags & flag) !== 0;
  return {
    isAnswered: has(received, SYN),
    isRefused: has(received, RST) && !has(received, SYN),
    isEnded: has(sent, FIN) && has(received, FIN),
    isReset: has(sent, RST),
  };
}
