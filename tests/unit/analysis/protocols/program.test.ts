import { describe, expect, it } from 'vitest';
import { programSigns } from '../../../../src/analysis/protocols/program.ts';
import { SIGNS } from '../../../../src/analysis/protocols/signs.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';

const HEAD = 'HTTP/1.1 200 OK\r\nServer: x\r\n\r\n';
const WINDOWS = Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3);

function signsOf(head: string, body: Uint8Array, type = ''): number | null {
  const bytes = concat(latin1('x'), latin1(head), body);
  return programSigns(bytes, 1, bytes.length, type);
}

describe('programSigns', () => {
  it.each([
    ['Windows', WINDOWS],
    ['Linux', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2)],
    ['macOS', Uint8Array.of(0xcf, 0xfa, 0xed, 0xfe)],
    ['Android', latin1('dex\n035')],
    ['Java', Uint8Array.of(0xca, 0xfe, 0xba, 0xbe)],
    ['a cabinet', latin1('MSCF\0')],
  ])('knows a program of %s', (_, body) => {
    expect(signsOf(HEAD, body, 'application/octet-stream')).toBe(SIGNS.program);
    expect(signsOf(HEAD, body, 'image/jpeg')).toBe(SIGNS.program | SIGNS.disguised);
  });

  it('takes the size of a chunk away first', () => {
    expect(signsOf(HEAD, concat(latin1('1a00;x=y\r\n'), WINDOWS))).toBe(SIGNS.program);
    expect(signsOf(HEAD, latin1('1a00\r\n'))).toBeNull();
    expect(signsOf(HEAD, latin1('1a00\r\n<html>'))).toBe(0);
  });

  it('waits for the body, where there is one', () => {
    expect(signsOf('HTTP/1.1 200 OK\r\nServer: x\r\n', new Uint8Array(0))).toBeNull();
    expect(signsOf(HEAD, new Uint8Array(0))).toBeNull();
    expect(signsOf(HEAD, WINDOWS.subarray(0, 3))).toBeNull();
    expect(signsOf('HTTP/1.1 304 Not Modified\r\n\r\n', new Uint8Array(0))).toBe(0);
    expect(signsOf('HTTP/1.1 100 Continue\r\n\r\n', new Uint8Array(0))).toBe(0);
  });

  it('knows texts that only begin alike', () => {
    expect(signsOf(HEAD, latin1('MZ is how it starts'), 'text/plain')).toBe(0);
    expect(signsOf(HEAD, latin1('<html><body>'), 'text/html')).toBe(0);
    expect(signsOf(HEAD, latin1('beef, but no chunk'), 'text/html')).toBe(0);
  });
});
