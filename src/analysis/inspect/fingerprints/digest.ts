import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Hash } from '@noble/hashes/utils.js';
import { createMD5, createSHA256, type IHasher } from 'hash-wasm';
import { textOfBytes } from '../../memory/words.ts';

const HEX_DIGITS = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
/** Bytes of an MD5, of a SHA-256, and of the part of one that is shown. */
const MD5_BYTES = 16;
const SHA256_BYTES = 32;
const SHOWN_BYTES = 6;
/** From so many bytes on a text is long: no client lists so much unless it is made to. */
const LONG_BYTES = 1024;
const digest = new Uint8Array(SHA256_BYTES);
const digits = new Uint8Array(2 * MD5_BYTES);

/**
 * A hash function. Long texts are hashed in WebAssembly, two to eight times as fast; it is loaded when the first one
 * comes, and until it is there, or where an engine has none, they are hashed as short ones are.
 */
class Hashing<Of extends Hash<Of>> {
  private readonly begun: Of;
  private readonly reused: Of;
  private readonly load: () => Promise<IHasher>;
  private loading: Promise<void> | null = null;
  private forLong: IHasher | null = null;

  /** @param begun of nothing yet; `reused` takes it over for each text, since making one takes as long as a short text */
  constructor(begun: Of, reused: Of, load: () => Promise<IHasher>) {
    this.begun = begun;
    this.reused = reused;
    this.load = load;
  }

  /** Puts the hash of bytes at the beginning of `digest`. */
  hash(bytes: Uint8Array): void {
    if (bytes.length >= LONG_BYTES) {
      this.loading ??= this.load().then(
        (hasher) => void (this.forLong = hasher),
        () => {},
      );
      if (this.forLong !== null) {
        digest.set(this.forLong.init().update(bytes).digest('binary'));
        return;
      }
    }
    // oxlint-disable-next-line no-underscore-dangle -- of the interface: what `clone` does, into something that is there
    this.begun._cloneInto(this.reused).update(bytes).digestInto(digest);
  }
}

const MD5 = new Hashing(md5.create(), md5.create(), createMD5);
const SHA256 = new Hashing(sha256.create(), sha256.create(), createSHA256);

/** MD5 (RFC 1321) of bytes, as 32 hexadecimal digits in lower case: what JA3 and HASSH are written as. */
export function md5Hex(bytes: Uint8Array): string {
  MD5.hash(bytes);
  return digestHex(MD5_BYTES);
}

/** The first twelve hexadecimal digits of the SHA-256 of bytes: a part of JA4. */
export function sha256Hex12(bytes: Uint8Array): string {
  SHA256.hash(bytes);
  return digestHex(SHOWN_BYTES);
}

/** The first bytes of the digest made last as hexadecimal digits. */
function digestHex(bytes: number): string {
  for (let at = 0; at < bytes; at++) {
    digits[2 * at] = HEX_DIGITS[digest[at] >> 4];
    digits[2 * at + 1] = HEX_DIGITS[digest[at] & 15];
  }
  return textOfBytes(digits, 0, 2 * bytes);
}
