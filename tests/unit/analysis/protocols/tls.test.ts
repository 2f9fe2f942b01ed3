import { describe, expect, it } from 'vitest';
import { clientHelloServerName, firstHandshake, isTlsClientHello } from '../../../../src/analysis/protocols/tls.ts';
import { concat } from '../../../builders/payloads/bytes.ts';
import { tlsApplicationData, tlsClientHello, tlsServerHello } from '../../../builders/payloads/tls.ts';

/** The name in records, which are joined first where a hello spans several. */
function nameIn(bytes: Uint8Array, start = 0, end = bytes.length): string | null {
  const message = firstHandshake(bytes, start, end);
  return message === null ? null : clientHelloServerName(message.bytes, message.start, message.end);
}

/** Position right behind `text` in the bytes. */
function behind(bytes: Uint8Array, text: string): number {
  return String.fromCharCode(...bytes).indexOf(text) + text.length;
}

describe('isTlsClientHello', () => {
  it('tells a ClientHello from other records and protocols', () => {
    const is = (bytes: Uint8Array): boolean => isTlsClientHello(bytes, 0, bytes.length);
    expect(is(tlsClientHello('a.example'))).toBe(true);
    expect(is(tlsClientHello(null))).toBe(true);
    expect(is(tlsServerHello())).toBe(false);
    expect(is(tlsApplicationData(100))).toBe(false);
    expect(is(Uint8Array.of(22, 3, 9, 0, 100, 1))).toBe(false);
    expect(is(Uint8Array.of(22, 2, 1, 0, 100, 1))).toBe(false);
  });

  it('takes a beginning that may become one, whatever lies behind it', () => {
    const chunk = concat(tlsClientHello('a.example').subarray(0, 3), [0xff, 0xff, 0xff, 0xff]);
    for (let length = 1; length <= 3; length++) expect(isTlsClientHello(chunk, 0, length)).toBe(true);
  });
});

describe('the server name of a ClientHello', () => {
  it('reads the server name, lower case', () => {
    expect(nameIn(tlsClientHello('Www.Example.COM'))).toBe('www.example.com');
    expect(nameIn(tlsClientHello('10.1.2.3'))).toBe('10.1.2.3');
    expect(nameIn(tlsClientHello('no-session.example', { sessionIdLength: 0 }))).toBe('no-session.example');
  });

  it('keeps odd characters, bounded to the last 255 bytes', () => {
    expect(nameIn(tlsClientHello('bad host_!.example'))).toBe('bad host_!.example');
    expect(nameIn(tlsClientHello('two\nlines.example'))).toBe('two?lines.example');
    const long = `${'a'.repeat(260)}.example.org`;
    expect(nameIn(tlsClientHello(long))).toBe(long.slice(-255));
  });

  it('has none without the extension', () => {
    expect(nameIn(tlsClientHello(null))).toBe('');
    expect(nameIn(tlsClientHello(''))).toBe('');
  });

  it('finds it among other extensions and in the midst of a chunk', () => {
    const hello = tlsClientHello('deep.example', { paddingBefore: 700, paddingAfter: 300 });
    const chunk = concat(new Uint8Array(50).fill(0x16), hello, new Uint8Array(50).fill(0x16));
    expect(nameIn(chunk, 50, 50 + hello.length)).toBe('deep.example');
  });

  it('is decided by the bytes of the name, not earlier and not later', () => {
    const hello = tlsClientHello('split.example', { paddingBefore: 40, paddingAfter: 600 });
    const decided = behind(hello, 'split.example');
    for (let length = 0; length < decided; length++) expect(nameIn(hello, 0, length)).toBe(null);
    expect(nameIn(hello, 0, decided)).toBe('split.example');
  });

  it('joins a hello that is spread over records', () => {
    for (const recordLimit of [1, 3, 4, 50, 100]) {
      expect(nameIn(tlsClientHello('records.example', { recordLimit, paddingBefore: 100 }))).toBe('records.example');
    }
    const hello = tlsClientHello('records.example', { recordLimit: 60 });
    expect(nameIn(hello, 0, 80)).toBe(null);
  });

  it('claims no name for lengths that lie', () => {
    const hello = tlsClientHello('lies.example');
    const name = behind(hello, 'lies.example') - 'lies.example'.length;
    const withByte = (at: number, value: number): Uint8Array => {
      const bytes = hello.slice();
      bytes[at] = value;
      return bytes;
    };
    expect(nameIn(withByte(name - 1, 200))).toBe('');
    expect(nameIn(withByte(name - 2, 255))).toBe('');
    expect(nameIn(withByte(name - 3, 1))).toBe('');
    expect(nameIn(withByte(name - 6, 255))).toBe('');
    expect(nameIn(withByte(43, 255))).toBe('');
    expect(nameIn(withByte(8, 10))).toBe('');
    expect(nameIn(withByte(6, 255))).not.toBe('');
  });
});
