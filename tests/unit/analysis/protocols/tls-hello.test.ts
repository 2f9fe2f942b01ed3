import { describe, expect, it } from 'vitest';
import { readClientHello, readServerHello } from '../../../../src/analysis/protocols/tls-hello.ts';
import { concat } from '../../../builders/payloads/bytes.ts';
import {
  clientHelloBody,
  hostName,
  pairs,
  protocols,
  serverHelloBody,
  shortPairs,
} from '../../../builders/payloads/hello.ts';

const EXTENSIONS = [
  [0x1a1a, []],
  [0, hostName('beacon.example')],
  [10, pairs([0x2a2a, 29, 23])],
  [11, [2, 0, 1]],
  [13, pairs([0x0403, 0x0804])],
  [16, protocols('h2', 'http/1.1')],
  [43, shortPairs([0x0a0a, 0x0304, 0x0303])],
  [57, [1, 2, 3]],
] as const;
const BODY = clientHelloBody({ ciphers: [0x0a0a, 0x1301, 0xc02b], extensions: EXTENSIONS });

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

describe('readClientHello', () => {
  it('gives all lists in their order, and where the texts are', () => {
    const bytes = concat([9, 9, 9], BODY, [9, 9]);
    const hello = readClientHello(bytes, 3, 3 + BODY.length);
    expect(hello).toMatchObject({
      version: 0x0303,
      ciphers: [0x0a0a, 0x1301, 0xc02b],
      extensions: [0x1a1a, 0, 10, 11, 13, 16, 43, 57],
      groups: [0x2a2a, 29, 23],
      pointFormats: [0, 1],
      signatureAlgorithms: [0x0403, 0x0804],
      supportedVersions: [0x0a0a, 0x0304, 0x0303],
    });
    if (hello === null) return;
    expect(textOf(bytes, hello.serverNameStart, hello.serverNameEnd)).toBe('beacon.example');
    expect(textOf(bytes, hello.alpnStart, hello.alpnEnd)).toBe('h2');
    expect([...bytes.subarray(hello.transportStart, hello.transportEnd)]).toEqual([1, 2, 3]);
  });

  it('forgets what the hello before it said', () => {
    readClientHello(BODY, 0, BODY.length);
    const bare = clientHelloBody({ version: 0x0301, ciphers: [5], extensions: null });
    expect(readClientHello(bare, 0, bare.length)).toMatchObject({
      version: 0x0301,
      ciphers: [5],
      extensions: [],
      groups: [],
      pointFormats: [],
      signatureAlgorithms: [],
      supportedVersions: [],
      serverNameStart: 0,
      serverNameEnd: 0,
      alpnStart: 0,
      alpnEnd: 0,
      transportStart: 0,
      transportEnd: 0,
    });
  });

  it('steps over the cookie of a datagram', () => {
    const body = clientHelloBody({
      version: 0xfefd,
      ciphers: [0xc02b],
      extensions: [[11, [1, 0]]],
      cookie: [1, 2, 3, 4],
    });
    expect(readClientHello(body, 0, body.length, true)).toMatchObject({
      version: 0xfefd,
      ciphers: [0xc02b],
      pointFormats: [0],
    });
  });

  it('gives nothing for a hello that is cut anywhere', () => {
    const beforeExtensions = clientHelloBody({ ciphers: [0x0a0a, 0x1301, 0xc02b], extensions: null }).length;
    for (let length = 0; length < BODY.length; length++) {
      if (length !== beforeExtensions) expect(readClientHello(BODY, 0, length), `${length} bytes`).toBeNull();
    }
  });

  it('leaves out an extension that claims more than it has, and refuses one that leaves the block', () => {
    const extensions = [
      [10, [0, 200, 0, 29]],
      [0, [0, 5, 0, 0, 99]],
      [16, [0, 9, 50]],
      [43, []],
    ] as const;
    const lies = clientHelloBody({ ciphers: [5], extensions });
    expect(readClientHello(lies, 0, lies.length)).toMatchObject({
      extensions: [10, 0, 16, 43],
      groups: [29],
      serverNameEnd: 0,
      alpnEnd: 0,
      supportedVersions: [],
    });
    const leaves = clientHelloBody({ ciphers: [5], extensions: [[10, [0, 2, 0, 29]]] });
    leaves[leaves.length - 5]++;
    expect(readClientHello(leaves, 0, leaves.length)).toBeNull();
  });
});

describe('readServerHello', () => {
  it('gives the chosen cipher and version', () => {
    const body = serverHelloBody({
      ciphers: [0x1302],
      extensions: [
        [43, [3, 4]],
        [51, [0, 29]],
        [16, protocols('h2')],
      ],
    });
    expect(readServerHello(body, 0, body.length)).toMatchObject({
      version: 0x0303,
      ciphers: [0x1302],
      extensions: [43, 51, 16],
      supportedVersions: [0x0304],
    });
    for (let length = 0; length < body.length; length++) {
      if (length !== 38) expect(readServerHello(body, 0, length), `${length} bytes`).toBeNull();
    }
  });
});
