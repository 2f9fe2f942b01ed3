import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowFindings } from '../../src/analysis/inspect/names/findings.ts';
import { FlowObserver } from '../../src/analysis/inspect/names/flow-observer.ts';
import { NAME_LIMIT } from '../../src/analysis/protocols/text.ts';
import { concat, latin1 } from '../builders/payloads/bytes.ts';
import { certificate } from '../builders/payloads/certificate.ts';
import { dhcpRequest } from '../builders/payloads/dhcp.ts';
import {
  DNS_TYPE_A,
  DNS_TYPE_CNAME,
  dnsAnswer,
  dnsName,
  dnsQuery,
  dnsRecord,
  dnsResponse,
  overTcp,
} from '../builders/payloads/dns.ts';
import { hex } from '../builders/payloads/hex.ts';
import { httpRequest } from '../builders/payloads/http.ts';
import { tcpPacket, udpPacket } from '../builders/payloads/packet.ts';
import { cryptoFrame, QUIC_1, quicInitial } from '../builders/payloads/quic.ts';
import { tls12ServerFlight, tlsClientHello } from '../builders/payloads/tls.ts';
import { growth, MOST_GROWTH } from './growth.ts';

const PORTS = [0, 25, 53, 67, 68, 80, 137, 138, 443, 546, 547, 1900, 3478, 5353, 5355, 50_000];

const CONNECTION_ID = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);

const whole = [
  dnsQuery(1, 'query.example'),
  dnsResponse(1, 'response.example', ['192.0.2.1']),
  overTcp(dnsQuery(1, 'tcp.example')),
  tlsClientHello('hello.example', { paddingBefore: 30 }),
  tlsClientHello('records.example', { recordLimit: 50 }),
  httpRequest({ method: 'POST', path: '/x', host: 'host.example', userAgent: 'curl/8', bodyLength: 20 }),
  dhcpRequest([2, 0, 0, 0, 0, 7], 'office-pc'),
  dnsAnswer('alias.example', [
    dnsRecord([0xc0, 12], DNS_TYPE_CNAME, dnsName('target.example')),
    dnsRecord(dnsName('target.example'), DNS_TYPE_A, [192, 0, 2, 1]),
  ]),
  tls12ServerFlight(
    certificate({
      subject: { commonName: 'cn.example', organization: 'O' },
      issuer: { commonName: 'CA', organization: null },
      dnsNames: ['san.example'],
    }),
  ),
  quicInitial(cryptoFrame(0, tlsClientHello('quic.example').subarray(5)), {
    version: QUIC_1,
    clientConnectionId: CONNECTION_ID,
  }),
  concat(
    latin1('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    [0, 0, 15, 1, 4, 0, 0, 0, 1, 0x82, 0x41, 0x8c],
    hex('f1e3c2e5f23a6ba0ab90f4ff'),
  ),
  concat(new Uint8Array(12), [32], latin1('EGFCEFEECACACACACACACACACACACACA'), [0]),
  latin1('NOTIFY * HTTP/1.1\r\nHost: 239.255.255.250:1900\r\n\r\n'),
  latin1('220 mail.example ESMTP\r\n'),
  latin1('EHLO client.example\r\n'),
  concat([1, 0x13, 0, 12, 0x21, 0x12, 0xa4, 0x42], new Uint8Array(12), [0, 0x14, 0, 8], latin1('turn.org')),
  concat([1, 0, 0, 1], [0, 39, 0, 8, 0, 6], latin1('laptop')),
];

/** A whole message with some bytes overwritten, and cut or continued at its end. */
const mutated = fc
  .record({
    message: fc.constantFrom(...whole),
    changes: fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
    cut: fc.nat(400),
    tail: fc.uint8Array({ maxLength: 20 }),
  })
  .map(({ message, changes, cut, tail }) => {
    const bytes = concat(message.subarray(0, Math.max(message.length - cut, cut % message.length)), tail);
    for (const [at, value] of changes) {
      if (at < bytes.length) bytes[at] = value;
    }
    return bytes;
  });

const payload = fc.oneof(mutated, fc.uint8Array({ minLength: 1, maxLength: 2000 })).filter((bytes) => bytes.length > 0);

const step = fc.record({
  payload,
  udp: fc.boolean(),
  forward: fc.boolean(),
  source: fc.constantFrom(...PORTS),
  destination: fc.constantFrom(...PORTS),
  sequence: fc.oneof(fc.nat(3000), fc.integer({ min: -3000, max: -1 })),
  flow: fc.nat(3),
});

function textsOf(findings: FlowFindings): readonly unknown[] {
  const {
    name,
    nameSource,
    certificate: text,
    clientFingerprint,
    serverFingerprint,
    ja4,
    ja4s,
    userAgent,
    contentType,
  } = findings;
  return [name, nameSource, text, clientFingerprint, serverFingerprint, ja4, ja4s, userAgent, contentType];
}

describe('FlowObserver on hostile payloads', () => {
  it('never throws, and names are bounded and printable', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const names = new FlowObserver();
        for (const { payload: bytes, udp, forward, source, destination, sequence, flow } of steps) {
          const packet = udp ? udpPacket(source, destination, bytes) : tcpPacket(source, destination, sequence, bytes);
          names.learn(packet, 0);
          names.observe(flow, packet, forward, sequence, 0);
        }
        for (let flow = 0; flow <= 3; flow++) {
          const { name, nameSource, certificate: text } = names.end(flow);
          expect(text).toMatch(/^([ -~]{0,255}\n[ -~]{0,255}\n[ -~]{0,255})?$/);
          expect(nameSource > 0).toBe(name !== '');
          expect(name.length).toBeLessThanOrEqual(NAME_LIMIT);
          expect(name).toMatch(/^[ -@[-~]*$/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on what lies around a payload', () => {
    fc.assert(
      fc.property(
        payload,
        fc.uint8Array({ maxLength: 40 }),
        fc.uint8Array({ maxLength: 40 }),
        fc.boolean(),
        (bytes, before, after, udp) => {
          const packet = udp ? udpPacket(50_000, 53, bytes) : tcpPacket(50_000, 53, 1, bytes);
          const alone = new FlowObserver();
          const done = alone.observe(0, packet, true, 0, 0);
          packet.bytes = concat(before, bytes, after);
          packet.payload = before.length;
          const within = new FlowObserver();
          within.learn(packet, 0);
          expect(within.observe(0, packet, true, 0, 0)).toBe(done);
          expect(textsOf(within.end(0))).toEqual(textsOf(alone.end(0)));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('finds the same name however a stream is cut into segments, and in whatever order they come', () => {
    const streams = whole.filter(({ [0]: first, [5]: type }) => (first === 0x16 && type === 1) || first === 0x50);
    fc.assert(
      fc.property(
        fc.constantFrom(...streams),
        fc.uniqueArray(fc.integer({ min: 3, max: 150 }), { maxLength: 8 }),
        (message, cuts) => {
          const nameOf = (bounds: readonly number[], order: (parts: number[]) => number[]): string => {
            const names = new FlowObserver();
            for (const i of order(bounds.slice(1).map((_, index) => index + 1))) {
              const part = message.subarray(bounds[i - 1], bounds[i]);
              if (part.length > 0)
                names.observe(0, tcpPacket(50_000, 443, bounds[i - 1] - 100, part), true, bounds[i - 1], 0);
            }
            return names.end(0).name ?? '';
          };
          const inOrder = (parts: number[]): number[] => parts;
          const sorted = cuts.filter((cut) => cut < message.length).sort((a, b) => a - b);
          const name = nameOf([0, message.length], inOrder);
          expect(name).not.toBe('');
          expect(nameOf([0, ...sorted, message.length], inOrder)).toBe(name);
          expect(nameOf([0, ...sorted, message.length], (parts) => [...parts, ...parts])).toBe(name);
          expect(nameOf([0, ...sorted, message.length], (parts) => parts.toReversed())).toBe(name);
        },
      ),
    );
  });

  it.each([
    [
      'a ClientHello that never ends',
      (length: number) =>
        concat(tlsClientHello('x.example', { paddingBefore: 60_000 }).subarray(0, 100), new Uint8Array(length)),
    ],
    ['a request line that never ends', (length: number) => latin1('GET '.padEnd(length, 'A'))],
    [
      'records of one byte',
      (length: number) => concat(...Array.from({ length: length / 6 }, () => [22, 3, 1, 0, 1, 1])),
    ],
  ])('take time by the length of a stream and no more: %s', async (_, bytesOf) => {
    const work = (bytes: Uint8Array): void => {
      for (let flow = 0; flow < 20; flow++) {
        const names = new FlowObserver();
        for (let i = 0; i < 20; i++) names.observe(flow, tcpPacket(50_000, 443, i * bytes.length, bytes), true, 0, 0);
        expect(names.end(flow).name).toBe('');
      }
    };
    expect(await growth(bytesOf, work, 4000)).toBeLessThan(MOST_GROWTH);
  });

  it.each([
    [
      'Initial packets that cannot be opened',
      443,
      (length: number) => {
        const options = { version: QUIC_1, clientConnectionId: CONNECTION_ID };
        const initial = quicInitial(new Uint8Array(4), options).fill(1, 15);
        return concat(...Array.from({ length: length / initial.length }, () => initial));
      },
    ],
    [
      'names that point to one another',
      5353,
      (length: number) =>
        dnsAnswer(
          'x.example',
          Array.from({ length: length / 16 }, (_, i) => dnsRecord([0xc0 | (i >> 6), i & 255], 1, [1, 2, 3, 4])),
        ),
    ],
  ] as const)('take time by the length of a datagram and no more: %s', async (_, port, bytesOf) => {
    const work = (bytes: Uint8Array): void => {
      for (let flow = 0; flow < 20; flow++) {
        const names = new FlowObserver();
        for (let i = 0; i < 20; i++) {
          names.learn(udpPacket(port, 50_000, bytes), 0);
          names.observe(flow, udpPacket(port, 50_000, bytes), true, 0, 0);
        }
      }
    };
    expect(await growth(bytesOf, work, 4000)).toBeLessThan(MOST_GROWTH);
  });
});
