import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';

configure({ useWebWorkers: false });

export interface ZipFile {
  name: string;
  bytes: Uint8Array;
  /** Encrypts with AES of 128, 192 or, where nothing is said, 256 bits, or as PKWARE's program of 1989 did. */
  password?: string;
  strength?: 1 | 2 | 3;
  zipCrypto?: boolean;
  stored?: boolean;
}

export async function zip(files: readonly ZipFile[]): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const { name, bytes, password, strength = 3, zipCrypto = false, stored = false } of files) {
    await writer.add(name, new Uint8ArrayReader(bytes), {
      level: stored ? 0 : 6,
      ...(password === undefined ? {} : { password, zipCrypto, encryptionStrength: strength }),
    });
  }
  return new Uint8Array(await writer.close());
}
