import { describe, expect, it } from 'vitest';
import { readQuicChlo } from '../../../../src/analysis/protocols/quic-chlo.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';
import { quicChlo } from '../../../builders/payloads/quic.ts';

/** A CHLO with these tags, behind a header as Q046 has it. */
function chlo(values: Readonly<Record<string, string>>): Uint8Array {
  const header = concat([0xc3], latin1('Q046'), [0x50], new Uint8Array(24), [0xa0, 0x01, 0x00, 0x04]);
  return concat(header, quicChlo(values));
}

const HELLO = chlo({ 'PAD\0': '-----', 'SNI\0': 'mail.example', 'VER\0': 'Q046', UAID: 'Chrome/57 Linux' });

describe('readQuicChlo', () => {
  it('says where server name and user agent are', () => {
    const bytes = concat([1, 2], HELLO, [3]);
    const hello = readQuicChlo(bytes, 2, 2 + HELLO.length);
    expect(hello).not.toBeNull();
    if (hello === null) return;
    expect(String.fromCharCode(...bytes.subarray(hello.serverNameStart, hello.serverNameEnd))).toBe('mail.example');
    expect(String.fromCharCode(...bytes.subarray(hello.userAgentStart, hello.userAgentEnd))).toBe('Chrome/57 Linux');
  });

  it('has empty ranges for what is not there or cut', () => {
    const bare = chlo({ 'VER\0': 'Q046' });
    const nothing = { serverNameStart: 0, serverNameEnd: 0, userAgentStart: 0, userAgentEnd: 0 };
    expect(readQuicChlo(bare, 0, bare.length)).toEqual(nothing);
    expect(readQuicChlo(HELLO, 0, HELLO.length - 1)).toMatchObject({ userAgentStart: 0, userAgentEnd: 0 });
    expect(readQuicChlo(HELLO, 0, 60)).toBeNull();
  });

  it('takes nothing that begins too late or counts more entries than there are bytes', () => {
    const late = concat(new Uint8Array(60), HELLO);
    expect(readQuicChlo(late, 0, late.length)).toBeNull();
    const lies = HELLO.slice();
    lies[34 + 5] = 0xff;
    expect(readQuicChlo(lies, 0, lies.length)).toBeNull();
  });
});
