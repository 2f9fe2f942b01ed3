import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ByteSource } from 'pcap-ts-parser';

const CHUNK_BYTES = 1 << 20;

/**
 * SHA-256 of a file as it lies on the disk (give the source that does not unpack), in hexadecimal; read chunk by chunk,
 * which the platform's own digest cannot. What `onProgress` throws ends the reading.
 */
export async function sha256Of(source: ByteSource, onProgress: (bytes: number) => void = () => {}): Promise<string> {
  const hash = sha256.create();
  const reader = source.open();
  let space = new Uint8Array(CHUNK_BYTES);
  let bytes = 0;
  try {
    for (;;) {
      const chunk = await reader.read(space);
      if (chunk.length === 0) return bytesToHex(hash.digest());
      hash.update(chunk);
      bytes += chunk.length;
      space = new Uint8Array(chunk.buffer);
      onProgress(bytes);
    }
  } finally {
    await reader.close();
  }
}

/**
 * SHA-256 of files by name; those of files that have the same name are all there, one behind the other.
 *
 * @param files as they lie on the disk
 * @param opened what was read of them: the files of archives are among it, and have digests of their own
 */
export async function digestsOf(
  files: readonly ByteSource[],
  opened: readonly ByteSource[] = [],
  onProgress: (bytes: number) => void = () => {},
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const names = new Set(files.map(({ name }) => name));
  const sources = [...files, ...opened.filter(({ name }) => !names.has(name))];
  let before = 0;
  for (const source of sources) {
    let read = 0;
    const digest = await sha256Of(source, (bytes) => {
      read = bytes;
      onProgress(before + bytes);
    });
    before += read;
    const same = digests.get(source.name);
    digests.set(source.name, same === undefined ? digest : `${same}, ${digest}`);
  }
  return digests;
}

/** The digests of what was read, without those of the archives that it lay in. */
export function digestsRead(
  digests: ReadonlyMap<string, string>,
  opened: readonly ByteSource[],
): { file: string; sha256: string }[] {
  const names = new Set(opened.map(({ name }) => name));
  const read = [...digests].filter(([file]) => names.has(file));
  return read.map(([file, digest]) => ({ file, sha256: digest }));
}
