import fc from 'fast-check';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { follow } from '../../src/evidence/follow.ts';
import { readEvidence } from '../../src/evidence/read-evidence.ts';
import { type Message, tcpConversation } from '../builders/conversation.ts';
import { httpRequest } from '../builders/payloads/http.ts';
import { pcap } from '../builders/pcap.ts';

const CLIENT = { address: '10.0.0.5', port: 50_000 };
const SERVER = { address: '203.0.113.9', port: 8080 };
const ENDS = {
  source: CLIENT.address,
  destination: SERVER.address,
  port: null,
  sourcePort: null,
  protocol: null,
  spanMs: null,
};
const SETTINGS = { openTunnels: false };

describe('following a flow', () => {
  it('gives every byte of a side once and in order, however its segments come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        fc.infiniteStream(fc.nat(6)),
        fc.boolean(),
        async (bytes, segmentSize, clientSequence, moves, repeats) => {
          const messages: Message[] = [{ from: 'client', bytes }];
          const talk = tcpConversation({
            client: CLIENT,
            server: SERVER,
            start: 1,
            messages,
            segmentSize,
            clientSequence,
            close: 'open',
          });
          const [syn, ...rest] = talk;
          const late = rest.flatMap((packet, index) => {
            const place = index + moves.next().value;
            return repeats && index % 3 === 0
              ? [
                  { packet, place },
                  { packet, place: place + 2 },
                ]
              : [{ packet, place }];
          });
          late.sort((a, b) => a.place - b.place);
          const packets = [syn, ...late.map(({ packet }) => packet)];
          const found = await follow([bufferSource(pcap({ packets }))], [ENDS], SETTINGS);
          expect([...found.bytes]).toEqual([...bytes]);
          expect(found).toMatchObject({ sent: bytes.length, lost: 0, cut: false });
        },
      ),
    );
  });

  it('takes any bytes for what they are: nothing a side says ends the reading', async () => {
    const head = httpRequest({ method: 'GET', path: '/', host: 'a.example', userAgent: 'x' });
    const hello = Uint8Array.from([22, 3, 1, 0, 80, 1, 0, 0, 76, 3, 3]);
    const start = fc.constantFrom(head, hello, new Uint8Array(0));
    const message = fc.record({
      from: fc.constantFrom('client' as const, 'server' as const),
      bytes: fc
        .tuple(start, fc.uint8Array({ minLength: 1, maxLength: 300 }))
        .map(([a, b]) => Uint8Array.from([...a, ...b])),
    });
    const port = fc.constantFrom(53, 443, 8080);
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 6 }), port, async (messages, serverPort) => {
        const server = { ...SERVER, port: serverPort };
        const packets = tcpConversation({ client: CLIENT, server, start: 1, messages, segmentSize: 100 });
        const [found] = await readEvidence([bufferSource(pcap({ packets }))], [[ENDS]], SETTINGS);
        expect(found.packets).toBe(packets.length);
        expect(JSON.stringify(found.exchanges)).toMatch(/^[\x20-\x7e\u00a1-\uffff]*$/);
      }),
    );
  });
});
