import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ja3 } from '../../../../../src/analysis/inspect/fingerprints/ja3.ts';
import { type HelloTransport, ja4, ja4s } from '../../../../../src/analysis/inspect/fingerprints/ja4.ts';
import { readClientHello, readServerHello } from '../../../../../src/analysis/protocols/tls-hello.ts';
import {
  clientHelloBody,
  type Hello,
  hostName,
  pairs,
  protocols,
  serverHelloBody,
  shortPairs,
} from '../../../../builders/payloads/hello.ts';
import { seededRandom } from '../../../../builders/random.ts';

/** Ciphers, extensions and signature algorithms of the published example, in the order its client sent them. */
const CIPHERS = [
  0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f,
  0x0035,
];
const SIGNATURES = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601];
const EXTENSIONS: [number, ArrayLike<number>][] = [
  [0x001b, []],
  [0x0000, hostName('clientservices.example')],
  [0x0033, []],
  [0x0010, protocols('h2', 'http/1.1')],
  [0x4469, []],
  [0x0017, []],
  [0x002d, []],
  [0x000d, pairs(SIGNATURES)],
  [0x0005, []],
  [0x0023, []],
  [0x0012, []],
  [0x002b, shortPairs([0x0304, 0x0303])],
  [0xff01, []],
  [0x000b, [1, 0]],
  [0x000a, pairs([29, 23, 24])],
  [0x0015, []],
];

function clientOf(hello: Hello, transport: HelloTransport = 't'): string {
  const body = clientHelloBody(hello);
  const read = readClientHello(body, 0, body.length, hello.cookie !== undefined);
  return read === null ? '' : ja4(read, body, transport);
}

function serverOf(hello: Hello, transport: HelloTransport = 't'): string {
  const body = serverHelloBody(hello);
  const read = readServerHello(body, 0, body.length);
  return read === null ? '' : ja4s(read, body, transport);
}

function replaced(type: number, content: ArrayLike<number>): [number, ArrayLike<number>][] {
  return EXTENSIONS.map((extension) => (extension[0] === type ? [type, content] : extension));
}

describe('JA4', () => {
  it('is the hash of any numbers, however many', () => {
    const random = seededRandom(4);
    const ciphers = Array.from({ length: 3000 }, () => random.integer(0, 0xffff));
    const counted = ciphers.filter((cipher) => (cipher & 0x0f0f) !== 0x0a0a || cipher >> 8 !== (cipher & 0xff));
    const sorted = counted.map((cipher) => cipher.toString(16).padStart(4, '0')).sort();
    const hash = createHash('sha256').update(sorted.join(',')).digest('hex').slice(0, 12);
    expect(clientOf({ ciphers, extensions: null })).toBe(`t12i990000_${hash}_000000000000`);
    const body = clientHelloBody({ ciphers, extensions: null });
    const read = readClientHello(body, 0, body.length);
    const text = createHash('md5')
      .update(`771,${counted.join('-')},,,`)
      .digest('hex');
    expect(read === null ? '' : ja3(read)).toBe(text);
  });

  it('gives the published example, in any order and with GREASE anywhere', () => {
    const expected = 't13d1516h2_8daaf6152771_e5627efa2ab1';
    expect(clientOf({ ciphers: CIPHERS, extensions: EXTENSIONS })).toBe(expected);
    expect(clientOf({ ciphers: CIPHERS.toReversed(), extensions: EXTENSIONS.toReversed() })).toBe(expected);
    const greased = replaced(0x002b, shortPairs([0xfafa, 0x0304]))
      .toSpliced(0, 0, [0x1a1a, []])
      .concat([[0x2a2a, [0]]]);
    expect(clientOf({ ciphers: [0x3a3a, ...CIPHERS], extensions: greased })).toBe(expected);
  });

  it('says what carried it, whether a host was named, and the first protocol', () => {
    const head = (extensions: [number, ArrayLike<number>][], transport?: HelloTransport): string =>
      clientOf({ ciphers: CIPHERS, extensions }, transport).slice(0, 10);
    expect(head(EXTENSIONS, 'q')).toBe('q13d1516h2');
    expect(head(EXTENSIONS.filter(([type]) => type !== 0))).toBe('t13i1515h2');
    expect(head(replaced(16, protocols('http/1.1')))).toBe('t13d1516h1');
    expect(head(replaced(16, protocols('h')))).toBe('t13d1516hh');
    expect(head(EXTENSIONS.filter(([type]) => type !== 16))).toBe('t13d151500');
    // Not both letters or digits: the hexadecimal digits of 0xab 0xcd begin with a and end with d.
    expect(head(replaced(16, protocols('\u00ab\u00cd')))).toBe('t13d1516ad');
    expect(head(replaced(16, protocols('h\u00cd')))).toBe('t13d15166d');
  });

  it('knows old versions, and those of DTLS, which count downwards', () => {
    const version = (hello: Omit<Hello, 'ciphers'>): string => clientOf({ ciphers: [5], ...hello }, 't').slice(1, 3);
    expect(
      [0x0303, 0x0302, 0x0301, 0x0300, 0x0002, 0x1234].map((number) => version({ version: number, extensions: [] })),
    ).toEqual(['12', '11', '10', 's3', 's2', '00']);
    expect(version({ extensions: [[43, shortPairs([0x0302, 0x0303])]] })).toBe('12');
    const versions = shortPairs([0xfefd, 0xfefc]);
    const datagram = { version: 0xfefd, extensions: [[43, versions]] as [number, Uint8Array][], cookie: [7] };
    expect(clientOf({ ciphers: [5], ...datagram }, 'd')).toMatch(/^dd3i0101/);
    expect(clientOf({ ciphers: [5], ...datagram, extensions: [] }, 'd')).toMatch(/^dd2i0100/);
  });

  it('has zeros for what is empty, and no underscore without signature algorithms', () => {
    expect(clientOf({ ciphers: [], extensions: null })).toBe('t12i000000_000000000000_000000000000');
    const many = Array.from({ length: 120 }, (_, i) => 0x4000 + i);
    expect(clientOf({ ciphers: many, extensions: [] })).toMatch(/^t12i9900/);
    // The published example of a hello without signature algorithms: the hash is of the extensions alone.
    expect(clientOf({ ciphers: CIPHERS, extensions: replaced(13, []) })).toBe('t13d1516h2_8daaf6152771_6d807ffa2a79');
  });
});

describe('JA4S', () => {
  it('gives the published examples', () => {
    const old = {
      ciphers: [0xc030],
      extensions: [
        [0x0005, []],
        [0x0017, []],
        [0xff01, [0]],
        [0x0000, []],
      ],
    } satisfies Hello;
    expect(serverOf(old)).toBe('t120400_c030_4e8089b08790');
    const recent = {
      ciphers: [0x1301],
      extensions: [
        [0x0033, [0, 29]],
        [0x002b, [3, 4]],
      ],
    } satisfies Hello;
    expect(serverOf(recent)).toBe('t130200_1301_234ea6891581');
    expect(serverOf({ ...recent, extensions: recent.extensions.toReversed() }, 'q')).toBe('q130200_1301_a56c5b993250');
  });

  it('has zeros without extensions', () => {
    expect(serverOf({ ciphers: [5], extensions: null })).toBe('t120000_0005_000000000000');
  });
});
