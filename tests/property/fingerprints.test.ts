import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { APPLICATIONS } from '../../src/analysis/protocols/application-ids.ts';
import { recogniseApplication } from '../../src/analysis/inspect/applications/recognise.ts';
import { RtpStreams } from '../../src/analysis/inspect/applications/rtp.ts';
import { dhcpParameterList } from '../../src/analysis/protocols/dhcp-options.ts';
import { hassh } from '../../src/analysis/inspect/fingerprints/hassh.ts';
import { HEADER_LIMIT, httpContentType, httpUserAgent } from '../../src/analysis/protocols/http-headers.ts';
import { ja3, ja3s } from '../../src/analysis/inspect/fingerprints/ja3.ts';
import { ja4, ja4s } from '../../src/analysis/inspect/fingerprints/ja4.ts';
import { dtlsHelloBody } from '../../src/analysis/protocols/dtls.ts';
import { readQuicChlo } from '../../src/analysis/protocols/quic-chlo.ts';
import { readClientHello, readServerHello } from '../../src/analysis/protocols/tls-hello.ts';
import { concat, latin1 } from '../builders/payloads/bytes.ts';
import { dhcpRequest } from '../builders/payloads/dhcp.ts';
import {
  clientHelloBody,
  hostName,
  pairs,
  protocols,
  serverHelloBody,
  shortPairs,
} from '../builders/payloads/hello.ts';
import { httpRequest } from '../builders/payloads/http.ts';
import { tcpPacket, udpPacket } from '../builders/payloads/packet.ts';
import { kexInit, sshIdentification } from '../builders/payloads/ssh.ts';
import { TCP_SAMPLES, UDP_SAMPLES } from '../unit/analysis/inspect/applications/samples.ts';
import { growth, MOST_GROWTH } from './growth.ts';

const whole = [
  clientHelloBody({
    ciphers: [0x1301, 0xc02b],
    extensions: [
      [0, hostName('a.example')],
      [10, pairs([29])],
      [11, [1, 0]],
      [13, pairs([0x0403])],
      [16, protocols('h2')],
      [43, shortPairs([0x0304])],
    ],
  }),
  serverHelloBody({
    ciphers: [0x1301],
    extensions: [
      [43, [3, 4]],
      [51, [0, 29]],
    ],
  }),
  concat(sshIdentification('x'), kexInit(['a,b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])),
  dhcpRequest([2, 0, 0, 0, 0, 7], 'office-pc'),
  httpRequest({ method: 'POST', path: '/x', host: 'host.example', userAgent: 'curl/8', bodyLength: 20 }),
  concat(latin1('\u00c3Q046'), new Uint8Array(20), latin1('CHLO\u0001\0\0\0UAID\u0003\0\0\0abc')),
  ...TCP_SAMPLES.map(([, , bytes]) => bytes),
  ...UDP_SAMPLES.map(([, , bytes]) => bytes),
];
const ports = fc.constantFrom(...new Set([...TCP_SAMPLES, ...UDP_SAMPLES].map(([, port]) => port)));

/** A whole message with some bytes overwritten, and cut or continued at its end. */
const mutated = fc
  .record({
    message: fc.constantFrom(...whole),
    changes: fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
    cut: fc.nat(400),
    tail: fc.uint8Array({ maxLength: 20 }),
  })
  .map(({ message, changes, cut, tail }) => {
    const bytes = concat(message.subarray(0, message.length - (cut % (message.length + 1))), tail);
    for (const [at, value] of changes) {
      if (at < bytes.length) bytes[at] = value;
    }
    return bytes;
  });

const payload = fc.oneof(mutated, fc.uint8Array({ maxLength: 2000 }));

/** Everything that fingerprints and parsers say about the bytes, as texts and numbers relative to `start`. */
function everything(bytes: Uint8Array, start: number, end: number): unknown[] {
  const said: unknown[] = [];
  for (const datagram of [false, true]) {
    const hello = readClientHello(bytes, start, end, datagram);
    if (hello === null) continue;
    for (const at of [hello.serverNameEnd, hello.alpnEnd, hello.transportEnd]) expect(at).toBeLessThanOrEqual(end);
    said.push(ja3(hello), ja4(hello, bytes, datagram ? 'd' : 't'));
    expect(said.at(-1)).toMatch(/^[td][0-9ds]{2}[di]\d{4}[0-9A-Za-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$/);
  }
  const answer = readServerHello(bytes, start, end);
  if (answer !== null) said.push(ja3s(answer), ja4s(answer, bytes, 'q'));
  const chlo = readQuicChlo(bytes, start, end);
  if (chlo !== null) expect(Math.max(chlo.serverNameEnd, chlo.userAgentEnd)).toBeLessThanOrEqual(end);
  const body = dtlsHelloBody(bytes, start, end);
  expect(body.end).toBeLessThanOrEqual(Math.max(start, end));
  said.push(body.start - start, body.end - start, hassh(bytes, start, end, true), hassh(bytes, start, end, false));
  const texts = [
    httpUserAgent(bytes, start, end),
    httpContentType(bytes, start, end),
    dhcpParameterList(bytes, start, end),
  ];
  for (const text of texts) expect(text ?? '').toMatch(/^[ -~]*$/);
  expect(Math.max(...texts.slice(0, 2).map((text) => text?.length ?? 0))).toBeLessThanOrEqual(HEADER_LIMIT);
  return [...said, ...texts];
}

describe('fingerprints and applications of hostile payloads', () => {
  it('never throw, and do not depend on what lies around a payload', () => {
    fc.assert(
      fc.property(
        payload,
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 40 }),
        (bytes, before, after) => {
          const alone = everything(bytes, 0, bytes.length);
          expect(everything(concat(before, bytes, after), before.length, before.length + bytes.length)).toEqual(alone);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('recognise the same application whatever lies around a payload', () => {
    fc.assert(
      fc.property(
        payload,
        fc.uint8Array({ maxLength: 40 }),
        fc.boolean(),
        ports,
        ports,
        (bytes, around, udp, from, to) => {
          const packet = udp ? udpPacket(from, to, bytes) : tcpPacket(from, to, 1, bytes);
          const application = recogniseApplication(packet);
          expect(APPLICATIONS[application]).toBeDefined();
          packet.bytes = concat(around, bytes, around);
          packet.payload = around.length;
          expect(recogniseApplication(packet)).toBe(application);
          const streams = new RtpStreams();
          expect([0, APPLICATIONS.indexOf('RTP')]).toContain(
            streams.observe(0, packet, true) + streams.observe(0, packet, true),
          );
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['zeros', (length: number) => new Uint8Array(length)],
    ['line feeds', (length: number) => new Uint8Array(length).fill(0x0a)],
    ['quotes', (length: number) => new Uint8Array(length).fill(0x22)],
    ['mining', (length: number) => latin1('{'.padEnd(length, '"mining.'))],
    ['a request', (length: number) => latin1('GET '.padEnd(length, ' http:/'))],
    ['TFTP', (length: number) => latin1('\0\u0001'.padEnd(length, '\0octe'))],
    ['RTP', (length: number) => new Uint8Array(length).fill(0x80)],
    [
      'a hello of ciphers',
      (length: number) =>
        clientHelloBody({ ciphers: Array.from({ length: length / 2.2 }, (_, i) => i), extensions: [] }),
    ],
  ])('take time by the length of a payload and no more: %s', async (_, bytesOf) => {
    const work = (bytes: Uint8Array): void => {
      for (let i = 0; i < 4; i++) {
        everything(bytes, 0, bytes.length);
        recogniseApplication(udpPacket(1, 2, bytes));
        recogniseApplication(tcpPacket(1, 2, 1, bytes));
      }
    };
    expect(await growth(bytesOf, work, 4000)).toBeLessThan(MOST_GROWTH);
  });
});
