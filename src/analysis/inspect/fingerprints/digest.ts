import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Hash } from '@noble/hashes/utils.js';
import { textOfBytes } from '../../memory/words.ts';

const HEX_DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** Bytes of an MD5, of a SHA-256, and of the part of one that is shown. */
const MD5_BYTES = 16;
const SHA256_BYTES = 32;
const SHOWN_BYTES = 6;
const digest = new Uint8Array(SHA256_BYTES);
const digits = new Uint8Array(2 * MD5_BYTES);

/** Nothing yet, and what takes it over for each text: making either anew takes as long as hashing a short text. */
const MD5 = { begun: md5.create(), reused: md5.create() };
const SHA256 = { begun: sha256.create(), reused: sha256.create() };

/** MD5 (RFC 1321) of bytes, as 32 hexadecimal digits in lower case: what JA3 and HASSH are written as. */
export function md5Hex(bytes: Uint8Array): string {
  begunAnew(MD5).update(bytes).digestInto(digest);
  return digestHex(MD5_BYTES);
}

/** The first twelve hexadecimal digits of the SHA-256 of bytes: a part of JA4. */
export function sha256Hex12(bytes: Uint8Array): string {
  begunAnew(SHA256).update(bytes).digestInto(digest);
  return digestHex(SHOWN_BYTES);
}

function begunAnew<Of extends Hash<Of>>({ begun, reused }: { begun: Of; reused: Of }): Of {
  // oxlint-disable-next-line no-underscore-dangle -- of the interface: what `clone` does, into something that is there
  return begun._cloneInto(reused);
}

/** The first bytes of the digest made last as hexadecimal digits. */
function digestHex(bytes: number): string {
  for (let at = 0; at < bytes; at++) {
    digits[2 * at] = HEX_DIGITS[digest[at] >> 4];
    digits[2 * at + 1] = HEX_DIGITS[digest[at] & 15];
  }
  return textOfBytes(digits, 0, 2 * bytes);
}
