import { describe, expect, it } from 'vitest';
import { http2Authority, isHttp2Preface } from '../../../../src/analysis/protocols/http2.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';
import { hex } from '../../../builders/payloads/hex.ts';

const PREFACE = latin1('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const SETTINGS = [0, 0, 0, 4, 0, 0, 0, 0, 0];

function headers(block: ArrayLike<number>, flags = 0x04): Uint8Array {
  return concat([0, 0, block.length, 1, flags, 0, 0, 0, 1], block);
}

function authorityIn(...frames: readonly ArrayLike<number>[]): string | null {
  const bytes = concat(PREFACE, ...frames);
  return http2Authority(bytes, 0, bytes.length);
}

/** Literal with indexing, name 1 of the static table (RFC 7541, section 6.2.1), not compressed. */
function plainAuthority(name: string): Uint8Array {
  return concat([0x82, 0x86, 0x41, name.length], latin1(name));
}

describe('http2Authority', () => {
  // RFC 7541, appendices C.3.1 and C.4.1: :method GET, :scheme http, :path /, :authority www.example.com.
  it.each([
    ['plain', '828684410f7777772e6578616d706c652e636f6d'],
    ['in Huffman code', '828684418cf1e3c2e5f23a6ba0ab90f4ff'],
  ])('reads the published example %s', (_how, block) => {
    expect(authorityIn(SETTINGS, headers(hex(block)))).toBe('www.example.com');
  });

  it('leaves the port out, and passes over other fields, padding and priority', () => {
    const custom = concat([0x40, 1], latin1('x'), [2], latin1('yz'), [0x3f, 0xe1, 0x1f], [0x0f, 0x2f, 1], latin1('v'));
    expect(authorityIn(headers(concat(custom, plainAuthority('Host.example:8080'))))).toBe('host.example');
    expect(authorityIn(headers(concat([2], [0, 0, 0, 0, 7], plainAuthority('a.example'), [0, 0]), 0x2c))).toBe(
      'a.example',
    );
  });

  it('has none where it is missing, in the dynamic table, or cut off', () => {
    expect(authorityIn(headers([0x82, 0x86, 0x84]))).toBe('');
    expect(authorityIn(headers([0x82, 0xbe]))).toBe('');
    expect(authorityIn(headers([0x41, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff]))).toBe('');
    expect(authorityIn(headers([0x41, 20, 0x61]))).toBe('');
  });

  it('waits for the frame of the first request', () => {
    const whole = concat(PREFACE, SETTINGS, headers(plainAuthority('slow.example')));
    for (let length = 0; length < whole.length; length++) expect(http2Authority(whole, 0, length)).toBeNull();
    expect(isHttp2Preface(whole, 0, 3)).toBe(true);
    expect(isHttp2Preface(latin1('PRINT'), 0, 5)).toBe(false);
  });
});
