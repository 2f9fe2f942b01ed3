import { describe, expect, it } from 'vitest';
import { ja3, ja3s, ja3sText, ja3Text } from '../../../../../src/analysis/inspect/fingerprints/ja3.ts';
import { readClientHello, readServerHello } from '../../../../../src/analysis/protocols/tls-hello.ts';
import { clientHelloBody, hostName, pairs, serverHelloBody } from '../../../../builders/payloads/hello.ts';

/** Both published examples (https://github.com/salesforce/ja3, README). */
const WITH_EXTENSIONS = {
  version: 0x0301,
  ciphers: [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4],
  extensions: [
    [0, hostName('a.example')],
    [10, pairs([23, 24, 25])],
    [11, [1, 0]],
  ],
} as const;
const WITHOUT = { version: 0x0301, ciphers: [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99], extensions: null };

function clientOf(body: Uint8Array): { text: string; hash: string } {
  const hello = readClientHello(body, 0, body.length);
  return hello === null ? { text: '', hash: '' } : { text: asText(ja3Text(hello)), hash: ja3(hello) };
}

describe('JA3', () => {
  it('gives the published examples', () => {
    expect(clientOf(clientHelloBody(WITH_EXTENSIONS))).toEqual({
      text: '769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0',
      hash: 'ada70206e40642a3e4461f35503241d5',
    });
    expect(clientOf(clientHelloBody(WITHOUT))).toEqual({
      text: '769,4-5-10-9-100-98-3-6-19-18-99,,,',
      hash: 'de350869b8c85de67a350c8d186f11e6',
    });
  });

  it('does not see GREASE', () => {
    const greased = {
      version: 0x0301,
      ciphers: [0x0a0a, ...WITH_EXTENSIONS.ciphers, 0xfafa],
      extensions: [
        [0x1a1a, []],
        [0, hostName('a.example')],
        [10, pairs([0x2a2a, 23, 24, 25])],
        [11, [1, 0]],
        [0x3a3a, [0]],
      ],
    } as const;
    expect(clientOf(clientHelloBody(greased))).toEqual(clientOf(clientHelloBody(WITH_EXTENSIONS)));
    const lookalike = clientHelloBody({ ...WITHOUT, ciphers: [0x0a1a, 0x1a0a] });
    expect(clientOf(lookalike).text).toBe('769,2586-6666,,,');
  });
});

describe('JA3S', () => {
  it('gives the published example', () => {
    const extensions = [
      [65281, [0]],
      [0, []],
      [11, [1, 0]],
      [35, []],
      [5, []],
      [16, []],
    ] as const;
    const body = serverHelloBody({ version: 0x0301, ciphers: [47], extensions });
    const hello = readServerHello(body, 0, body.length);
    expect(hello === null ? null : [asText(ja3sText(hello)), ja3s(hello)]).toEqual([
      '769,47,65281-0-11-35-5-16',
      '836ce314215654b5b1f85f97c73e506f',
    ]);
  });
});

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
