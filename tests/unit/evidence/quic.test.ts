import { describe, expect, it } from 'vitest';
import { exchangeLine } from '../../../src/evidence/exchange-text.ts';
import { udpExchange } from '../../builders/conversation.ts';
import { u16 } from '../../builders/payloads/bytes.ts';
import { cryptoFrame, QUIC_1, quicInitial } from '../../builders/payloads/quic.ts';
import { tlsClientHello, tlsServerHello } from '../../builders/payloads/tls.ts';
import { snapped } from '../../builders/pcap.ts';
import { CLIENT, evidenceOf, said, SERVER, START } from './read.ts';

const OPTIONS = { version: QUIC_1, clientConnectionId: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]) };
const HELLO = tlsClientHello('c2.example', { paddingBefore: 900 }).subarray(5);
const RECORDS = tlsServerHello();
const ANSWER = RECORDS.subarray(5, 5 + RECORDS[3] * 256 + RECORDS[4]);

/** A piece of the client's hello in a datagram. */
function sent(from: number, to: number, packetNumber: number) {
  const frames = cryptoFrame(from, HELLO.subarray(from, to));
  return said('client', quicInitial(frames, { ...OPTIONS, packetNumber, paddedTo: 1200 }));
}

const answered = said('server', quicInitial(cryptoFrame(0, ANSWER), { ...OPTIONS, side: 'server' }));

/** What is told of datagrams between client and server. */
async function exchangesOf(...messages: readonly ReturnType<typeof said>[]) {
  const packets = udpExchange({ client: CLIENT, server: SERVER, start: START, messages });
  return (await evidenceOf(packets)).exchanges;
}

describe('hellos of QUIC', () => {
  it('are told with what the server chose, however they are cut into datagrams', async () => {
    const exchanges = await exchangesOf(sent(600, HELLO.length, 1), sent(0, 600, 0), answered);
    expect(exchanges).toMatchObject([
      {
        kind: 'tls',
        transport: 'quic',
        serverName: 'c2.example',
        atMs: START * 1000,
        ja4: expect.stringMatching(/^q13d/),
        version: 'TLS 1.3',
        cipher: 'TLS_AES_128_GCM_SHA256',
        certificates: [],
      },
    ]);
    expect(exchangeLine(exchanges[0])).toMatch(/^QUIC to c2\.example, TLS 1\.3 TLS_AES_128_GCM_SHA256, JA3 /);
  });

  it('are told without an answer, and once though they are sent again', async () => {
    const exchanges = await exchangesOf(sent(0, HELLO.length, 0), sent(0, HELLO.length, 1));
    expect(exchanges.map(exchangeLine)).toEqual([
      expect.stringMatching(/^QUIC to c2\.example, no answer of the server captured, /),
    ]);
  });

  it('are not told where only a part of one is there', async () => {
    expect(await exchangesOf(sent(0, 600, 0), answered)).toEqual([]);
    const packets = udpExchange({
      client: CLIENT,
      server: SERVER,
      start: START,
      messages: [sent(0, HELLO.length, 0)],
    });
    expect((await evidenceOf(packets.map((packet) => snapped(packet, 600)))).exchanges).toEqual([]);
  });

  it('are looked for in the first datagrams of a connection only', async () => {
    const noise = Array.from({ length: 80 }, (_, number) =>
      said(
        'client',
        quicInitial(new Uint8Array(4), { ...OPTIONS, packetNumber: number, token: Uint8Array.from(u16(number)) }),
      ),
    );
    expect(await exchangesOf(...noise.slice(0, 63), sent(0, HELLO.length, 90))).toHaveLength(1);
    expect(await exchangesOf(...noise, sent(0, HELLO.length, 90))).toEqual([]);
  });
});
