import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ja3, ja3s } from '../../src/analysis/inspect/fingerprints/ja3.ts';
import { ja4, ja4s } from '../../src/analysis/inspect/fingerprints/ja4.ts';
import { FingerprintMemo, type HelloFingerprints } from '../../src/analysis/inspect/fingerprints/memo.ts';
import { readClientHello, readServerHello } from '../../src/analysis/protocols/tls-hello.ts';
import {
  clientHelloBody,
  hostName,
  pairs,
  protocols,
  serverHelloBody,
  shortPairs,
} from '../builders/payloads/hello.ts';

const few = fc.array(fc.constantFrom(0x0a0a, 0x1301, 0x1302, 0xc02b), { minLength: 1, maxLength: 3 });
const extension = fc.oneof(
  fc.constantFrom('a.example', 'b.example').map((name) => [0, hostName(name)] as const),
  few.map((groups) => [10, pairs(groups)] as const),
  few.map((algorithms) => [13, pairs(algorithms)] as const),
  fc.constantFrom('h2', 'h3', 'http/1.1').map((name) => [16, protocols(name)] as const),
  few.map((versions) => [43, shortPairs(versions)] as const),
  fc.uint8Array({ maxLength: 5 }).map((content) => [51, content] as const),
);
const hello = fc.record({
  version: fc.constantFrom(0x0301, 0x0303),
  ciphers: few,
  extensions: fc.option(fc.array(extension, { maxLength: 4 }), { nil: null }),
});
/** Hellos that are mostly alike, some with a byte changed or cut off. */
const bodies = fc.array(fc.tuple(hello, fc.option(fc.nat(150), { nil: null }), fc.integer({ min: 0, max: 2 })), {
  minLength: 2,
  maxLength: 12,
});

it.each([true, false])('remembered fingerprints are those of the hello itself (from a client: %s)', (fromClient) => {
  const compute = (bytes: Uint8Array): HelloFingerprints | null => {
    const read = fromClient ? readClientHello(bytes, 0, bytes.length) : readServerHello(bytes, 0, bytes.length);
    if (read === null) return null;
    return fromClient
      ? { ja3: ja3(read), ja4: ja4(read, bytes, 't') }
      : { ja3: ja3s(read), ja4: ja4s(read, bytes, 't') };
  };
  fc.assert(
    fc.property(bodies, (made) => {
      const memo = new FingerprintMemo(fromClient, compute);
      for (const [fields, changed, cut] of made) {
        const whole = fromClient ? clientHelloBody(fields) : serverHelloBody(fields);
        const bytes = whole.slice(0, whole.length - cut);
        if (changed !== null && changed < bytes.length) bytes[changed] ^= 0x11;
        expect(memo.fingerprintsOf(bytes, 0, bytes.length)).toEqual(compute(bytes));
      }
    }),
    { numRuns: 2000 },
  );
});

it('remembers: the second hello of a kind is not read again', () => {
  let computed = 0;
  const memo = new FingerprintMemo(true, () => {
    computed++;
    return { ja3: 'x', ja4: 'y' };
  });
  for (const name of ['a.example', 'b.example', 'c.example']) {
    const body = clientHelloBody({
      ciphers: [0x1301],
      extensions: [
        [0, hostName(name)],
        [10, pairs([29])],
      ],
    });
    memo.fingerprintsOf(body, 0, body.length);
    const { serverNameStart, serverNameEnd } = memo;
    expect(body.slice(serverNameStart, serverNameEnd)).toEqual(hostName(name));
  }
  expect(computed).toBe(1);
});
