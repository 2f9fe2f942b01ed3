import type { TlsHello } from '../../protocols/tls-hello.ts';
import { AsciiText } from './ascii-text.ts';
import { md5Hex } from './digest.ts';

const hashed = new AsciiText();

/**
 * What JA3 is the hash of: version, ciphers, extensions, groups and point formats of a ClientHello as decimal numbers
 * (https://github.com/salesforce/ja3), without GREASE. It is in ASCII, and overwritten by the next.
 */
export function ja3Text({ version, ciphers, extensions, groups, pointFormats }: TlsHello): Uint8Array {
  hashed.begun().decimals([version]);
  for (const values of [ciphers, extensions, groups]) hashed.text(',').decimals(withoutGrease(values));
  return hashed.text(',').decimals(pointFormats).bytes;
}

/** The JA3 of a ClientHello: 32 hexadecimal digits. */
export function ja3(hello: TlsHello): string {
  return md5Hex(ja3Text(hello));
}

/** What JA3S is the hash of: version, cipher and extensions of a ServerHello. It is overwritten likewise. */
export function ja3sText({ version, ciphers, extensions }: TlsHello): Uint8Array {
  return hashed.begun().decimals([version]).text(',').decimals(ciphers).text(',').decimals(extensions).bytes;
}

/** The JA3S of a ServerHello: 32 hexadecimal digits. */
export function ja3s(hello: TlsHello): string {
  return md5Hex(ja3sText(hello));
}

/** Whether a number is one of the sixteen that are reserved to be ignored: 0x0a0a, 0x1a1a, ... 0xfafa (RFC 8701). */
export function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);
}

/** The numbers of a list that mean something, in their order. */
export function withoutGrease(values: readonly number[]): number[] {
  return values.filter((value) => !isGrease(value));
}
