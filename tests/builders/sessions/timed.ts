import type { Endpoint } from '../conversation.ts';
import { ethernetFraming } from '../conversation.ts';
import { ip } from '../ip.ts';
import { type PacketRecord, packetAt } from '../pcap.ts';
import { ACK, FIN, PROTOCOL_TCP, PSH, SYN, tcp } from '../tcp.ts';
import { PROTOCOL_UDP, udp } from '../udp.ts';

/** What one end sends at a time in seconds after the session's start. */
export interface Sent {
  at: number;
  from: 'client' | 'server';
  bytes: number | Uint8Array;
}

export interface Ends {
  client: Endpoint;
  server: Endpoint;
  /** Seconds since 1970. */
  start: number;
  /** The client's initial sequence number, 1000 when left out. */
  sequence?: number;
}

const SEGMENT = 1400;
const ROUND_TRIP = 0.02;

/**
 * One TCP connection whose payload leaves exactly when it is said to: handshake, segments, acknowledgments, a FIN where
 * asked for.
 */
export function timedTcp(
  { client, server, start, sequence = 1000 }: Ends,
  sent: readonly Sent[],
  close = false,
): PacketRecord[] {
  const packets: PacketRecord[] = [];
  const next = { client: sequence, server: 5000 };
  const send = (at: number, from: Sent['from'], flags: number, payload = new Uint8Array(0)): void => {
    const [source, destination] = from === 'client' ? [client, server] : [server, client];
    const addresses = { source: source.address, destination: destination.address };
    const segment = tcp({
      sourcePort: source.port,
      destinationPort: destination.port,
      sequence: next[from],
      acknowledgment: (flags & ACK) === 0 ? 0 : next[from === 'client' ? 'server' : 'client'],
      flags,
      payload,
    });
    packets.push(
      packetAt(
        start + at,
        ethernetFraming(ip({ ...addresses, protocol: PROTOCOL_TCP, payload: segment }), source, destination),
      ),
    );
    next[from] += payload.length + ((flags & (SYN | FIN)) === 0 ? 0 : 1);
  };
  send(0, 'client', SYN);
  send(ROUND_TRIP, 'server', SYN | ACK);
  send(ROUND_TRIP + 0.001, 'client', ACK);
  for (const { at, from, bytes } of sent) {
    const payload = payloadOf(bytes);
    for (let first = 0; first < payload.length; first += SEGMENT)
      send(at, from, ACK | PSH, payload.slice(first, first + SEGMENT));
    send(at + ROUND_TRIP, from === 'client' ? 'server' : 'client', ACK);
  }
  if (close) {
    const at = (sent.at(-1)?.at ?? 0) + 1;
    send(at, 'client', FIN | ACK);
    send(at + ROUND_TRIP, 'server', FIN | ACK);
    send(at + ROUND_TRIP + 0.001, 'client', ACK);
  }
  return packets;
}

/**
 * A keep-alive probe of the client (RFC 9293, section 3.8.4): `sequence` is the number before the next; and its answer.
 */
export function keepAliveProbe(
  { client, server, start }: Ends,
  at: number,
  sequence: number,
  acknowledgment: number,
): PacketRecord[] {
  const segment = (from: Endpoint, to: Endpoint, seconds: number, numbers: [number, number]): PacketRecord => {
    const payload = tcp({
      sourcePort: from.port,
      destinationPort: to.port,
      sequence: numbers[0],
      acknowledgment: numbers[1],
      flags: ACK,
    });
    const packet = ip({ source: from.address, destination: to.address, protocol: PROTOCOL_TCP, payload });
    return packetAt(start + seconds, ethernetFraming(packet, from, to));
  };
  return [
    segment(client, server, at, [sequence, acknowledgment]),
    segment(server, client, at + ROUND_TRIP, [acknowledgment, sequence + 1]),
  ];
}

/** Datagrams between two ends, each exactly when it is said to leave. */
export function timedUdp({ client, server, start }: Ends, sent: readonly Sent[]): PacketRecord[] {
  return sent.map(({ at, from, bytes }) => {
    const [source, destination] = from === 'client' ? [client, server] : [server, client];
    const addresses = { source: source.address, destination: destination.address };
    const payload = udp({ sourcePort: source.port, destinationPort: destination.port, payload: payloadOf(bytes) });
    return packetAt(
      start + at,
      ethernetFraming(ip({ ...addresses, protocol: PROTOCOL_UDP, payload }), source, destination),
    );
  });
}

function payloadOf(bytes: number | Uint8Array): Uint8Array {
  return typeof bytes === 'number' ? new Uint8Array(bytes).fill(0x5a) : bytes;
}
