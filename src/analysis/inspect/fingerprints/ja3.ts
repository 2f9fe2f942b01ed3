import type { TlsHello } from '../../protocols/tls-hello.ts';
import { md5HexOfText } from './digest.ts';

/**
 * What JA3 is the hash of: version, ciphers, extensions, groups and point formats of a ClientHello as decimal numbers
 * (https://github.com/salesforce/ja3), without GREASE.
 */
export function ja3Text(hello: TlsHello): string {
  const { version, ciphers, extensions, groups, pointFormats } = hello;
  return `${version},${decimals(ciphers)},${decimals(extensions)},${decimals(groups)},${pointFormats.join('-')}`;
}

/** The JA3 of a ClientHello: 32 hexadecimal digits. */
export function ja3(hello: TlsHello): string {
  return md5HexOfText(ja3Text(hello));
}

/** What JA3S is the hash of: version, cipher and extensions of a ServerHello. */
export function ja3sText(hello: TlsHello): string {
  return `${hello.version},${hello.ciphers.join('-')},${hello.extensions.join('-')}`;
}

/** The JA3S of a ServerHello: 32 hexadecimal digits. */
export function ja3s(hello: TlsHello): string {
  return md5HexOfText(ja3sText(hello));
}

function decimals(values: readonly number[]): string {
  return withoutGrease(values).join('-');
}

/** Whether a number is one of the sixteen that are reserved to be ignored: 0x0a0a, 0x1a1a, ... 0xfafa (RFC 8701). */
export function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff);
}

/** The numbers of a list that mean something, in their order. */
export function withoutGrease(values: readonly number[]): number[] {
  return values.filter((value) => !isGrease(value));
}
