import { describe, expect, it } from 'vitest';
import type { TcpConversation } from '../../builders/conversation.ts';
import { tcpConversation, udpExchange } from '../../builders/conversation.ts';
import type { PacketRecord } from '../../builders/pcap.ts';
import { ACK, FIN, PSH, RST, SYN } from '../../builders/tcp.ts';

const client = { address: '10.0.0.5', port: 50_000 };
const server = { address: '192.0.2.1', port: 80 };
const raw = (packet: Uint8Array): Uint8Array => packet;

/** Sender, flags, sequence, acknowledgment and payload length of a TCP packet over IPv4 without options. */
function segment({ data }: PacketRecord) {
  const view = new DataView(data.buffer, data.byteOffset + 20, data.length - 20);
  return {
    from: view.getUint16(0) === client.port ? 'client' : 'server',
    flags: view.getUint8(13),
    sequence: view.getUint32(4),
    acknowledgment: view.getUint32(8),
    payload: view.byteLength - (view.getUint8(12) >> 4) * 4,
  };
}

function segments(messages: TcpConversation['messages'], rest: Partial<TcpConversation> = {}) {
  return tcpConversation({ client, server, start: 1000, messages, framing: raw, ...rest }).map(segment);
}

describe('tcpConversation', () => {
  it('opens, asks, answers and closes with matching numbers', () => {
    const messages = [
      { from: 'client', bytes: new Uint8Array(10) },
      { from: 'server', bytes: new Uint8Array(20) },
    ] as const;
    expect(segments(messages)).toEqual([
      { from: 'client', flags: SYN, sequence: 1000, acknowledgment: 0, payload: 0 },
      { from: 'server', flags: SYN | ACK, sequence: 5000, acknowledgment: 1001, payload: 0 },
      { from: 'client', flags: ACK, sequence: 1001, acknowledgment: 5001, payload: 0 },
      { from: 'client', flags: ACK | PSH, sequence: 1001, acknowledgment: 5001, payload: 10 },
      { from: 'server', flags: ACK | PSH, sequence: 5001, acknowledgment: 1011, payload: 20 },
      { from: 'client', flags: ACK, sequence: 1011, acknowledgment: 5021, payload: 0 },
      { from: 'client', flags: FIN | ACK, sequence: 1011, acknowledgment: 5021, payload: 0 },
      { from: 'server', flags: FIN | ACK, sequence: 5021, acknowledgment: 1012, payload: 0 },
      { from: 'client', flags: ACK, sequence: 1012, acknowledgment: 5022, payload: 0 },
    ]);
  });

  it('cuts messages into segments and acknowledges every second one', () => {
    const flow = segments([{ from: 'server', bytes: new Uint8Array(3000) }], {
      close: 'open',
      segmentSize: 1000,
    }).slice(3);
    expect(flow.map(({ from, payload }) => `${from} ${payload}`)).toEqual([
      'server 1000',
      'server 1000',
      'client 0',
      'server 1000',
      'client 0',
    ]);
  });

  it('can end with a reset, or not at all, and wraps its sequence numbers', () => {
    expect(segments([], { close: 'rst' }).at(-1)!.flags).toBe(RST | ACK);
    expect(segments([], { close: 'open' })).toHaveLength(3);
    expect(segments([], { clientSequence: 0xffff_ffff })[2].sequence).toBe(0);
  });

  it('takes a round trip for answers and keeps time order', () => {
    const packets = tcpConversation({
      client,
      server,
      start: 1000,
      roundTrip: 0.25,
      messages: [
        { from: 'client', bytes: new Uint8Array(5), delay: 60 },
        { from: 'server', bytes: new Uint8Array(5), delay: 1 },
      ],
    });
    const times = packets.map(({ seconds, nanoseconds }) => seconds + nanoseconds / 1e9);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBe(1000);
    expect(times[1]).toBe(1000.25);
    expect(times.at(-1)).toBeGreaterThan(1061.75);
    expect(packets.every(({ data }) => data.length >= 60)).toBe(true);
  });
});

describe('udpExchange', () => {
  it('sends a datagram for each message, over IPv6 where the addresses say so', () => {
    const packets = udpExchange({
      client: { address: '2001:db8::5', port: 5000 },
      server: { address: '2001:db8::53', port: 53 },
      start: 7,
      messages: [
        { from: 'client', bytes: new Uint8Array(30) },
        { from: 'server', bytes: new Uint8Array(90), delay: 0.5 },
      ],
    });
    expect(packets.map(({ data }) => data.length)).toEqual([14 + 40 + 8 + 30, 14 + 40 + 8 + 90]);
    expect(packets.map(({ seconds, nanoseconds }) => seconds + nanoseconds / 1e9)).toEqual([7, 7.520_12]);
    expect(packets[0].data.subarray(0, 6)).toEqual(packets[1].data.subarray(6, 12));
  });
});
