import { createSHA256 } from 'hash-wasm';
import { type ByteReader, type ByteSource, CaptureError } from 'pcap-ts-parser';

const CHUNK_BYTES = 1 << 20;
/** Begins what is told in the place of a digest. */
const NOT_COMPUTED = 'not computed';

/** Takes bytes piece by piece, and gives their SHA-256 at the end. */
interface Hasher {
  update: (bytes: Uint8Array) => unknown;
  digest: (form: 'hex') => string;
}

/** How digests are computed. */
export interface Digesting {
  /** Told the bytes that were read of all files so far; what it throws ends the reading. */
  onProgress?: (bytes: number) => void;
  /** What a platform has of its own, several times as fast as WebAssembly. */
  newHasher?: () => Hasher | Promise<Hasher>;
}

/**
 * SHA-256 of a file as it lies on the disk (give the source that does not unpack), in hexadecimal; read chunk by chunk,
 * which the browser's own digest cannot. Throws a `CaptureError` where it cannot be read to its end.
 */
export async function sha256Of(
  source: ByteSource,
  { onProgress = () => {}, newHasher = createSHA256 }: Digesting = {},
): Promise<string> {
  const hasher = await newHasher();
  const reader = source.open();
  let space = new Uint8Array(CHUNK_BYTES);
  let bytes = 0;
  try {
    for (;;) {
      const chunk = await readFrom(reader, space, bytes);
      if (chunk.length === 0) return hasher.digest('hex');
      hasher.update(chunk);
      bytes += chunk.length;
      space = new Uint8Array(chunk.buffer);
      onProgress(bytes);
    }
  } finally {
    await reader.close();
  }
}

/** The next bytes. Throws a `CaptureError` for whatever the platform throws. */
async function readFrom(
  reader: ByteReader,
  space: Uint8Array<ArrayBuffer>,
  offset: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await reader.read(space);
  } catch (cause) {
    if (cause instanceof CaptureError) throw cause;
    throw new CaptureError('unreadable', offset, `reading failed: ${String(cause)}`, { cause });
  }
}

/**
 * SHA-256 of files by name; those of files that have the same name are all there, one behind the other. In the place of that
 * of a file which changed or is gone since it was read, or is damaged inside an archive, stands why there is none.
 *
 * @param files as they lie on the disk
 * @param opened what was read of them: the files of archives are among it, and have digests of their own
 */
export async function digestsOf(
  files: readonly ByteSource[],
  opened: readonly ByteSource[] = [],
  digesting: Digesting = {},
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  const names = new Set(files.map(({ name }) => name));
  const sources = [...files, ...opened.filter(({ name }) => !names.has(name))];
  let before = 0;
  for (const source of sources) {
    let read = 0;
    const onProgress = (bytes: number): void => {
      read = bytes;
      digesting.onProgress?.(before + bytes);
    };
    const digest = await sha256Of(source, { ...digesting, onProgress }).catch(whyNone);
    before += read;
    const same = digests.get(source.name);
    digests.set(source.name, same === undefined ? digest : `${same}, ${digest}`);
  }
  return digests;
}

function whyNone(error: unknown): string {
  if (error instanceof CaptureError) return `${NOT_COMPUTED}: ${error.message}`;
  throw error;
}

/** The digests of what was read, as far as there are any, without those of the archives that it lay in. */
export function digestsRead(
  digests: ReadonlyMap<string, string>,
  opened: readonly ByteSource[],
): { file: string; sha256: string }[] {
  const names = new Set(opened.map(({ name }) => name));
  const read = [...digests].filter(([file, digest]) => names.has(file) && !digest.includes(NOT_COMPUTED));
  return read.map(([file, digest]) => ({ file, sha256: digest }));
}
