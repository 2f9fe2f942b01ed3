import { describe, expect, it } from 'vitest';
import { initialPackets } from '../../../../src/analysis/protocols/quic.ts';
import { KeyAttempts, QuicFlow } from '../../../../src/analysis/protocols/quic-flow.ts';
import { clientHelloServerName } from '../../../../src/analysis/protocols/tls.ts';
import { concat, filler, u32 } from '../../../builders/payloads/bytes.ts';
import {
  cryptoFrame,
  QUIC_1,
  QUIC_2,
  QUIC_DRAFT_22,
  QUIC_DRAFT_29,
  QUIC_MVFST_22,
  QUIC_MVFST_27,
  QUIC_Q050,
  QUIC_RESERVED,
  QUIC_T051,
  quicChlo,
  quicInitial,
} from '../../../builders/payloads/quic.ts';
import { tlsClientHello } from '../../../builders/payloads/tls.ts';

const ID = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const OTHER_ID = Uint8Array.from([9, 9, 9, 9]);

/** A ClientHello without its record. */
function hello(name: string, paddingBefore = 0): Uint8Array {
  return tlsClientHello(name, { paddingBefore }).subarray(5);
}

function nameOf(flow: QuicFlow): string | null {
  return clientHelloServerName(flow.client.bytes, 0, flow.client.length);
}

/** What a flow of these datagrams from the client names. */
function nameIn(...datagrams: readonly Uint8Array[]): string | null {
  const flow = new QuicFlow();
  for (const datagram of datagrams) flow.add(datagram, 0, datagram.length, true);
  return nameOf(flow);
}

describe('QuicFlow', () => {
  it.each([
    ['1', QUIC_1, 6],
    ['2', QUIC_2, 6],
    ['draft 22', QUIC_DRAFT_22, 6],
    ['draft 29', QUIC_DRAFT_29, 6],
    ["Facebook's, after draft 22", QUIC_MVFST_22, 6],
    ["Facebook's, after draft 27", QUIC_MVFST_27, 6],
    ['a reserved one', QUIC_RESERVED, 6],
    ["Google's with TLS", QUIC_T051, 8],
  ])('reads version %s', (_name, version, frameType) => {
    const packet = quicInitial(cryptoFrame(0, hello('quic.example'), frameType), {
      version,
      clientConnectionId: ID,
      paddedTo: 1100,
    });
    expect(nameIn(packet)).toBe('quic.example');
  });

  it('reads a packet whose fixed bit is 0', () => {
    const options = { version: QUIC_1, clientConnectionId: ID, fixedBit: 0 } as const;
    expect(nameIn(quicInitial(cryptoFrame(0, hello('greased.example')), options))).toBe('greased.example');
  });

  it("reads Google's own hello", () => {
    const chlo = quicChlo({ 'SNI\0': 'google.example' });
    const packet = quicInitial(cryptoFrame(0, chlo, 8), { version: QUIC_Q050, clientConnectionId: ID });
    const flow = new QuicFlow();
    expect(flow.add(packet, 0, packet.length, true)).toBe(true);
    expect([...flow.client.bytes.subarray(0, flow.client.length)]).toEqual([...chlo]);
  });

  it('puts CRYPTO frames in order: within a packet, over packets, and over coalesced packets', () => {
    const bytes = hello('order.example', 900);
    const piece = (from: number, to: number): Uint8Array => cryptoFrame(from, bytes.subarray(from, to));
    const options = { version: QUIC_1, clientConnectionId: ID };
    const first = quicInitial(concat(piece(700, 800), [1], piece(0, 300), [0, 0]), options);
    const second = quicInitial(piece(800, bytes.length), { ...options, packetNumber: 1 });
    const third = quicInitial(concat([2, 0, 0, 0, 0], piece(300, 700)), {
      ...options,
      packetNumber: 2,
      packetNumberLength: 1,
    });
    for (const datagrams of [
      [first, second, third],
      [third, second, first],
      [concat(second, third), first],
      [second, first, first, third],
    ]) {
      expect(nameIn(...datagrams)).toBe('order.example');
    }
    expect(nameIn(first, second)).toBeNull();
  });

  it('passes over a 0-RTT packet before the Initial, and a token in it', () => {
    const packet = quicInitial(cryptoFrame(0, hello('token.example')), {
      version: QUIC_1,
      clientConnectionId: ID,
      token: filler(70),
      source: OTHER_ID,
    });
    const zeroRtt = concat([0xd3], u32(QUIC_1), [8], ID, [0], [0x40, 30], filler(30));
    expect(nameIn(concat(zeroRtt, packet))).toBe('token.example');
  });

  it("keeps its keys when the client goes on with the server's connection id, and takes new ones after a Retry", () => {
    const bytes = hello('moved.example', 400);
    const options = { version: QUIC_1, clientConnectionId: ID };
    const first = quicInitial(cryptoFrame(0, bytes.subarray(0, 200)), options);
    const moved = quicInitial(cryptoFrame(200, bytes.subarray(200)), {
      ...options,
      destination: OTHER_ID,
      packetNumber: 1,
    });
    expect(nameIn(first, moved)).toBe('moved.example');
    const retried = quicInitial(cryptoFrame(200, bytes.subarray(200)), {
      version: QUIC_1,
      clientConnectionId: OTHER_ID,
    });
    expect(nameIn(first, retried)).toBe('moved.example');
  });

  it('reads what the server says by keys of its own', () => {
    const flow = new QuicFlow();
    const client = quicInitial(cryptoFrame(0, hello('both.example')), { version: QUIC_1, clientConnectionId: ID });
    const server = quicInitial(concat([2, 0, 0, 0, 0], cryptoFrame(0, filler(90))), {
      version: QUIC_1,
      clientConnectionId: ID,
      side: 'server',
      destination: OTHER_ID,
    });
    expect(flow.add(server, 0, server.length, false)).toBe(false);
    flow.add(client, 0, client.length, true);
    expect(flow.add(server, 0, server.length, false)).toBe(true);
    expect([...flow.server.bytes.subarray(0, 90)]).toEqual([...filler(90)]);
  });

  it('reads nothing that is changed, cut, or of another version', () => {
    const packet = quicInitial(cryptoFrame(0, hello('safe.example')), { version: QUIC_1, clientConnectionId: ID });
    for (let at = 6; at < packet.length; at += 7) {
      const changed = packet.slice();
      changed[at] ^= 1;
      expect(nameIn(changed)).toBeNull();
    }
    for (let length = 0; length < packet.length; length += 5) expect(nameIn(packet.subarray(0, length))).toBeNull();
    const unknown = packet.slice();
    unknown[1] = 0x7b;
    expect(nameIn(unknown)).toBeNull();
  });

  it('looks into a few packets of a datagram only', () => {
    const small = quicInitial(filler(4).fill(0), { version: QUIC_1, clientConnectionId: ID });
    const many = concat(...Array.from({ length: 100 }, () => small));
    expect(initialPackets(many, 0, many.length)).toHaveLength(4);
  });
});

describe('keys', () => {
  /** An Initial packet of noise, in a datagram of so many bytes. */
  function noise(number: number, length: number): Uint8Array {
    const packet = quicInitial(new Uint8Array(4), {
      version: QUIC_1,
      clientConnectionId: Uint8Array.from(u32(number)),
      paddedTo: length - 40,
    });
    return Uint8Array.from({ length }, (_, index) =>
      index < packet.length - 60 && index < 16 ? packet[index] : (packet[index] ?? 0) ^ (index > 30 ? 0x5a : 0),
    );
  }

  it('are made for few datagrams that no server would answer, and for few of one connection', () => {
    const attempts = new KeyAttempts();
    for (let flow = 0; flow < 3000; flow++) {
      const datagram = noise(flow, 90);
      new QuicFlow(attempts).add(datagram, 0, datagram.length, true);
    }
    expect(attempts.made).toBeGreaterThan(100);
    expect(attempts.made).toBeLessThan(300);
    const before = attempts.made;
    const flow = new QuicFlow(attempts);
    for (let number = 0; number < 50; number++) {
      const datagram = noise(number, 1300);
      flow.add(datagram, 0, datagram.length, true);
    }
    expect(attempts.made - before).toBe(8);
  });

  it.each([
    [7, 'late.example'],
    [8, null],
  ])('are tried, once they are known, on %i packets in vain, and then name %s', (count, name) => {
    const bytes = hello('late.example', 400);
    const options = { version: QUIC_1, clientConnectionId: ID };
    const first = quicInitial(cryptoFrame(0, bytes.subarray(0, 200)), options);
    const rest = quicInitial(cryptoFrame(200, bytes.subarray(200)), { ...options, packetNumber: 1 });
    const vain = Array.from({ length: count }, (_, number) => noise(number, 1300));
    expect(nameIn(first, ...vain, rest)).toBe(name);
  });

  it('are made for few small datagrams, also where they open them', () => {
    const attempts = new KeyAttempts();
    for (let number = 0; number < 1000; number++) {
      const options = { version: QUIC_1, clientConnectionId: Uint8Array.from([...u32(number), 1, 2, 3, 4]) };
      const datagram = quicInitial(cryptoFrame(0, hello('small.example')), options);
      new QuicFlow(attempts).add(datagram, 0, datagram.length, true);
    }
    expect(attempts.made).toBeGreaterThan(100);
    expect(attempts.made).toBeLessThan(300);
  });

  it('are made for a whole datagram whatever came before it on other connections', () => {
    const attempts = new KeyAttempts();
    for (let number = 0; number < 1000; number++) {
      const datagram = noise(number, 90);
      new QuicFlow(attempts).add(datagram, 0, datagram.length, true);
    }
    const flow = new QuicFlow(attempts);
    const options = { version: QUIC_1, clientConnectionId: ID, paddedTo: 1200 };
    const datagram = quicInitial(cryptoFrame(0, hello('behind.example')), options);
    flow.add(datagram, 0, datagram.length, true);
    expect(nameOf(flow)).toBe('behind.example');
  });
});
