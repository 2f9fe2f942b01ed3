import { ERR_INVALID_PASSWORD } from '@zip.js/zip.js/lib/zip-core-native.js';

/** What stands in front of the bytes: noise, whose last byte tells most wrong passwords. */
const NOISE_BYTES = 12;
const FIRST_KEYS = [0x12345678, 0x23456789, 0x34567890] as const;
const FACTOR = 134_775_813;
/** CRC-32 of one byte, which two of the keys are made with. */
const POLYNOMIAL = 0xedb8_8320;
const CRCS = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * POLYNOMIAL);
  return crc;
});

/**
 * Bytes as they were before PKWARE's encryption of 1989 (APPNOTE.TXT 6.1), without its noise. The library sets up streams for
 * each file, which take several times as long as all else does for a small one. Throws what the library throws where the
 * password is wrong.
 *
 * @param check what the last byte of the noise is with the right password
 */
export function decryptZipCrypto(bytes: Uint8Array, password: string, check: number): Uint8Array {
  const clear = new Uint8Array(bytes.length);
  if (bytes.length === 0) return clear;
  let [first, second, third]: readonly number[] = FIRST_KEYS;
  const update = (byte: number): void => {
    first = (first >>> 8) ^ CRCS[(first ^ byte) & 0xff];
    second = (Math.imul(second + (first & 0xff), FACTOR) + 1) | 0;
    third = (third >>> 8) ^ CRCS[(third ^ (second >>> 24)) & 0xff];
  };
  for (let index = 0; index < password.length; index++) update(password.charCodeAt(index));
  for (let index = 0; index < bytes.length; index++) {
    const mask = third | 2;
    clear[index] = bytes[index] ^ (Math.imul(mask, mask ^ 1) >>> 8);
    update(clear[index]);
  }
  if (clear[NOISE_BYTES - 1] !== check) throw new Error(ERR_INVALID_PASSWORD);
  return clear.subarray(NOISE_BYTES);
}
