import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlowObserver } from '../../src/analysis/names/flow-observer.ts';
import { NAME_LIMIT } from '../../src/analysis/names/text.ts';
import { concat } from '../builders/payloads/bytes.ts';
import { dhcpRequest } from '../builders/payloads/dhcp.ts';
import { dnsQuery, dnsResponse, overTcp } from '../builders/payloads/dns.ts';
import { httpRequest } from '../builders/payloads/http.ts';
import { tcpPacket, udpPacket } from '../builders/payloads/packet.ts';
import { tlsClientHello } from '../builders/payloads/tls.ts';

const PORTS = [0, 53, 67, 68, 80, 443, 50_000];

const whole = [
  dnsQuery(1, 'query.example'),
  dnsResponse(1, 'response.example', ['192.0.2.1']),
  overTcp(dnsQuery(1, 'tcp.example')),
  tlsClientHello('hello.example', { paddingBefore: 30 }),
  tlsClientHello('records.example', { recordLimit: 50 }),
  httpRequest({ method: 'POST', path: '/x', host: 'host.example', userAgent: 'curl/8', bodyLength: 20 }),
  dhcpRequest([2, 0, 0, 0, 0, 7], 'office-pc'),
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
          const { name, nameSource } = names.take(flow) ?? { name: '', nameSource: 0 };
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
      fc.property(payload, fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, before, after, udp) => {
        const packet = udp ? udpPacket(50_000, 53, bytes) : tcpPacket(50_000, 53, 1, bytes);
        const alone = new FlowObserver();
        const done = alone.observe(0, packet, true, 0, 0);
        packet.bytes = concat(before, bytes, after);
        packet.payload = before.length;
        const within = new FlowObserver();
        expect(within.observe(0, packet, true, 0, 0)).toBe(done);
        expect(within.take(0)).toEqual(alone.take(0));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the same name however a stream is cut into segments', () => {
    const streams = whole.filter((message) => message[0] === 0x16 || message[0] === 0x50);
    fc.assert(
      fc.property(fc.constantFrom(...streams), fc.uniqueArray(fc.integer({ min: 3, max: 150 }), { maxLength: 8 }), (message, cuts) => {
        const nameOf = (bounds: readonly number[]): string => {
          const names = new FlowObserver();
          for (let i = 1; i < bounds.length; i++) {
            const part = message.subarray(bounds[i - 1], bounds[i]);
            if (part.length > 0 && names.observe(0, tcpPacket(50_000, 443, bounds[i - 1] - 100, part), true, 0, 0)) break;
          }
          return names.take(0)?.name ?? '';
        };
        const sorted = cuts.filter((cut) => cut < message.length).sort((a, b) => a - b);
        expect(nameOf([0, ...sorted, message.length])).toBe(nameOf([0, message.length]));
        expect(nameOf([0, message.length])).not.toBe('');
      }),
    );
  });

  it('takes bounded time for the longest payloads that never decide anything', () => {
    const length = 65_000;
    const head = concat(tlsClientHello('x.example', { paddingBefore: 60_000 }).subarray(0, 100), new Uint8Array(length));
    const line = concat([0x47, 0x45, 0x54, 0x20], new Uint8Array(length).fill(0x41));
    const records = concat(...Array.from({ length: length / 6 }, () => [22, 3, 1, 0, 1, 1]));
    const started = performance.now();
    for (let flow = 0; flow < 20; flow++) {
      for (const bytes of [head, line, records]) {
        const names = new FlowObserver();
        for (let i = 0; i < 20; i++) names.observe(flow, tcpPacket(50_000, 443, i * bytes.length, bytes), true, 0, 0);
        expect(names.take(flow)?.name).toBe('');
      }
    }
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
