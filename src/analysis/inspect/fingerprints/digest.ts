import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** MD5 (RFC 1321) of bytes, as 32 hexadecimal digits in lower case: what JA3 and HASSH are written as. */
export function md5Hex(bytes: Uint8Array): string {
  return bytesToHex(md5(bytes));
}

/** The same of a text of ASCII characters. */
export function md5HexOfText(text: string): string {
  return md5Hex(asciiBytes(text));
}

/** The first twelve hexadecimal digits of the SHA-256 of a text of ASCII characters: a part of JA4. */
export function sha256Hex12(text: string): string {
  return bytesToHex(sha256(asciiBytes(text)).subarray(0, 6));
}

/** The analysis is checked without the DOM's types, which have TextEncoder. */
function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
