import { ecb } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { ERR_INVALID_PASSWORD, type FileEntry } from '@zip.js/zip.js/lib/zip-core-native.js';

/** The way of packing that stands in the list for "encrypted with AES"; the real one is in the extra field. */
export const AES_METHOD = 99;
/** The extra field: its number, its length, and where in it is what. */
const FIELD = { id: 0x9901, bytes: 7, strength: 4, method: 5 };
/** Keys of 128, 192 and 256 bits. */
const STRENGTHS: ReadonlySet<number> = new Set([1, 2, 3]);
const ROUNDS = 1000;
const CHECK_BYTES = 2;
const CODE_BYTES = 10;
const BLOCK_BYTES = 16;

/** The bytes of a file as they were packed, and whether its authentication code says that they were changed. */
export interface Decrypted {
  packed: Uint8Array;
  isChanged: boolean;
}

/**
 * What opens a file that is encrypted as WinZip does (https://www.winzip.com/en/support/aes-encryption/). Its keys are
 * derived once for a password, which takes longer than all else for a small file; so would the library's streams.
 */
export class AesLock {
  /** Bytes of the file besides its packed ones. */
  readonly overhead: number;
  private readonly saltBytes: number;
  private readonly keyBytes: number;
  private password: string | null = null;
  private pending: Promise<Uint8Array> | null = null;
  private keys: Uint8Array | null = null;

  /** @param strength 1 to 3, for keys of 128 to 256 bits */
  constructor(strength: number) {
    this.saltBytes = 4 + 4 * strength;
    this.keyBytes = 8 + 8 * strength;
    this.overhead = this.saltBytes + CHECK_BYTES + CODE_BYTES;
  }

  /** Throws what the library throws where the password is wrong: the first bytes of a file tell. */
  async check(bytes: Uint8Array, password: string): Promise<void> {
    this.checked(bytes, await this.derive(bytes, password));
  }

  /** Decrypts all bytes of a file. Throws what the library throws where the password is wrong. */
  async open(bytes: Uint8Array, password: string): Promise<Decrypted> {
    return this.decrypted(bytes, await this.derive(bytes, password));
  }

  /** The same where the keys are derived already; null where they are not. */
  openReady(bytes: Uint8Array, password: string): Decrypted | null {
    return this.keys === null || this.password !== password ? null : this.decrypted(bytes, this.keys);
  }

  /** The file's keys: to decrypt, to check for changes, and the bytes that tell a wrong password. */
  async derive(bytes: Uint8Array, password: string): Promise<Uint8Array> {
    if (this.pending === null || this.password !== password) {
      this.password = password;
      this.keys = null;
      const salt = new Uint8Array(bytes.subarray(0, this.saltBytes));
      this.pending = derived(password, salt, 2 * this.keyBytes + CHECK_BYTES);
    }
    const keys = await this.pending;
    if (this.password === password) this.keys = keys;
    return keys;
  }

  private checked(bytes: Uint8Array, keys: Uint8Array): void {
    const { saltBytes, keyBytes } = this;
    for (let at = 0; at < CHECK_BYTES; at++) {
      if (bytes[saltBytes + at] !== keys[2 * keyBytes + at]) throw new Error(ERR_INVALID_PASSWORD);
    }
  }

  private decrypted(bytes: Uint8Array, keys: Uint8Array): Decrypted {
    const { saltBytes, keyBytes } = this;
    this.checked(bytes, keys);
    const end = bytes.length - CODE_BYTES;
    const packed = bytes.slice(saltBytes + CHECK_BYTES, end);
    const code = hmac(sha1, keys.subarray(keyBytes, 2 * keyBytes), packed);
    // Blocks are counted from 1, with the lowest byte first.
    const mask = new Uint8Array(Math.ceil(packed.length / BLOCK_BYTES) * BLOCK_BYTES);
    const counters = new DataView(mask.buffer);
    for (let at = 0; at < mask.length; at += BLOCK_BYTES) counters.setUint32(at, 1 + at / BLOCK_BYTES, true);
    const masked = ecb(keys.subarray(0, keyBytes), { disablePadding: true }).encrypt(mask);
    for (let at = 0; at < packed.length; at++) packed[at] ^= masked[at];
    return { packed, isChanged: bytes.subarray(end).some((byte, at) => byte !== code[at]) };
  }
}

async function derived(password: string, salt: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array> {
  const secret = new Uint8Array(utf8ToBytes(password));
  try {
    const key = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
    const how = { name: 'PBKDF2', hash: 'SHA-1', salt, iterations: ROUNDS };
    return new Uint8Array(await crypto.subtle.deriveBits(how, key, 8 * length));
  } catch {
    // A page that did not come over a secure connection has no such functions.
    return pbkdf2(sha1, secret, salt, { c: ROUNDS, dkLen: length });
  }
}

/** What opens a file that the library listed; null for one that is not in AES, or not as it should be. */
export function lockOf({ extraFieldAES }: Pick<FileEntry, 'extraFieldAES'>): AesLock | null {
  const { originalCompressionMethod = 0, strength = 0 } = extraFieldAES ?? {};
  return originalCompressionMethod === AES_METHOD && STRENGTHS.has(strength) ? new AesLock(strength) : null;
}

/** What the extra field says of a file in AES. */
export interface AesField {
  lock: AesLock;
  /** How the file is packed. */
  method: number;
}

/** What an extra field says of an encrypted file, where it is this one and as it should be. */
export function aesField(view: DataView, at: number): AesField | null {
  if (view.getUint16(at, true) !== FIELD.id || view.getUint16(at + 2, true) !== FIELD.bytes) return null;
  const data = at + 4;
  const strength = data + FIELD.bytes > view.byteLength ? 0 : view.getUint8(data + FIELD.strength);
  if (!STRENGTHS.has(strength)) return null;
  return { lock: new AesLock(strength), method: view.getUint16(data + FIELD.method, true) };
}
