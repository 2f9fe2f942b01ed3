import { macOf } from './address.ts';
import { ethernet } from './ethernet.ts';
import { etherTypeOf, ip } from './ip.ts';
import type { PacketRecord } from './pcap.ts';
import { packetAt } from './pcap.ts';
import { ACK, FIN, maximumSegmentSize, PROTOCOL_TCP, PSH, RST, SYN, tcp } from './tcp.ts';
import { PROTOCOL_UDP, udp } from './udp.ts';

/** One end of a conversation. */
export interface Endpoint {
  address: string;
  port: number;
  /** Made from the address when left out. */
  mac?: string;
  /** Time to live of what it sends, 64 when left out. */
  timeToLive?: number;
}

/** Bytes one end sends at once; TCP cuts them into segments, UDP sends them as one datagram. */
export interface Message {
  from: 'client' | 'server';
  bytes: Uint8Array;
  /** Seconds the sender waits first, 0 when left out. */
  delay?: number;
}

/** Puts the link-layer header before an IP packet. */
export type Framing = (packet: Uint8Array, source: Endpoint, destination: Endpoint) => Uint8Array;

export interface Conversation {
  client: Endpoint;
  server: Endpoint;
  /** Seconds since 1970 of the first packet. */
  start: number;
  messages: readonly Message[];
  /** Seconds from a packet of the client to the server's answer, seen at the client; 0.02 when left out. */
  roundTrip?: number;
  /** Untagged Ethernet, at least 60 bytes a frame, when left out. */
  framing?: Framing;
}

export interface TcpConversation extends Conversation {
  /** How the client ends it: FIN from both sides (the default), one RST, or not within the capture. */
  close?: 'fin' | 'rst' | 'open';
  /** Initial sequence numbers. */
  clientSequence?: number;
  serverSequence?: number;
  /** Most bytes in one segment. */
  segmentSize?: number;
}

/** Seconds between packets that one end sends back to back. */
const BACK_TO_BACK = 0.00012;
/** A receiver with nothing to say acknowledges within 40 ms. */
const DELAYED_ACK = 0.04;

export function ethernetFraming(packet: Uint8Array, source: Endpoint, destination: Endpoint): Uint8Array {
  return ethernet({
    source: source.mac ?? macOf(source.address),
    destination: destination.mac ?? macOf(destination.address),
    etherType: etherTypeOf(packet),
    payload: packet,
    minimumLength: 60,
  });
}

/**
 * When a message leaves: at once for the next of the same end, a round trip later when the server answers the client.
 */
function departure(now: number, message: Message, before: Message['from'] | undefined, roundTrip: number): number {
  const answer = message.from === 'server' && before !== 'server';
  return now + (message.delay ?? 0) + (answer ? roundTrip : 0);
}

/** The packets of one TCP connection in time order: handshake, the messages with their acknowledgments, the close. */
export function tcpConversation({
  client,
  server,
  start,
  messages,
  roundTrip = 0.02,
  framing = ethernetFraming,
  close = 'fin',
  clientSequence = 1000,
  serverSequence = 5000,
  segmentSize = 1460,
}: TcpConversation): PacketRecord[] {
  const packets: PacketRecord[] = [];
  const sequences = { client: clientSequence, server: serverSequence };
  const send = (time: number, from: Message['from'], flags: number, payload = new Uint8Array(0)): void => {
    const [source, destination] = from === 'client' ? [client, server] : [server, client];
    const addresses = { source: source.address, destination: destination.address };
    const segment = tcp({
      addresses,
      sourcePort: source.port,
      destinationPort: destination.port,
      sequence: sequences[from],
      acknowledgment: (flags & ACK) === 0 ? 0 : sequences[from === 'client' ? 'server' : 'client'],
      flags,
      options: (flags & SYN) === 0 ? new Uint8Array(0) : maximumSegmentSize(segmentSize),
      payload,
    });
    const { timeToLive = 64 } = source;
    const packet = ip({ ...addresses, protocol: PROTOCOL_TCP, payload: segment, timeToLive });
    packets.push(packetAt(time, framing(packet, source, destination)));
    sequences[from] = (sequences[from] + payload.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1)) >>> 0;
  };

  let now = start;
  send(now, 'client', SYN);
  send((now += roundTrip), 'server', SYN | ACK);
  send((now += BACK_TO_BACK), 'client', ACK);
  now += BACK_TO_BACK;
  messages.forEach((message, index) => {
    const other = message.from === 'client' ? 'server' : 'client';
    const answered = messages[index + 1]?.from === other && (messages[index + 1]?.delay ?? 0) < DELAYED_ACK;
    now = departure(now, message, messages[index - 1]?.from, roundTrip);
    for (let at = 0, segments = 1; at < message.bytes.length; at += segmentSize, segments += 1) {
      const last = at + segmentSize >= message.bytes.length;
      send(now, message.from, last ? ACK | PSH : ACK, message.bytes.slice(at, at + segmentSize));
      now += BACK_TO_BACK;
      if (last ? !answered : segments % 2 === 0) {
        send(now, other, ACK);
        now += BACK_TO_BACK;
      }
    }
  });
  if (close === 'rst') send(now, 'client', RST | ACK);
  if (close === 'fin') {
    send(now, 'client', FIN | ACK);
    send((now += roundTrip), 'server', FIN | ACK);
    send(now + BACK_TO_BACK, 'client', ACK);
  }
  return packets;
}

/** The packets of a UDP exchange in time order, a datagram for each message. */
export function udpExchange({
  client,
  server,
  start,
  messages,
  roundTrip = 0.02,
  framing = ethernetFraming,
}: Conversation): PacketRecord[] {
  let now = start;
  return messages.map((message, index) => {
    const [source, destination] = message.from === 'client' ? [client, server] : [server, client];
    const addresses = { source: source.address, destination: destination.address };
    now =
      index === 0
        ? start + (message.delay ?? 0)
        : departure(now + BACK_TO_BACK, message, messages[index - 1].from, roundTrip);
    const payload = udp({
      addresses,
      sourcePort: source.port,
      destinationPort: destination.port,
      payload: message.bytes,
    });
    const { timeToLive = 64 } = source;
    const packet = ip({ ...addresses, protocol: PROTOCOL_UDP, payload, timeToLive });
    return packetAt(now, framing(packet, source, destination));
  });
}
