import { Gzip } from 'fflate';
import type { ByteSource } from 'pcap-ts-parser';
import { decompressed } from '../decompress/decompressed.ts';
import { number, partsOf } from './checks.ts';
import { MOST_TEXTS, NotSaved, packed, tooLarge } from './pack.ts';
import { checkHeadBytes, checkNesting, mostBytes, SavedBytes, SavedFault, unpacked } from './unpack.ts';

/** Version of the formats: see `FORMAT.md`. Files of all versions up to this one are read. */
export const SAVED_VERSION = 1;

/** Bytes that are packed at a time. */
const PIECE_BYTES = 1 << 20;
const UNPACKED = { level: 0, mtime: 0 } as const;
const PACKED = { level: 6, mtime: 0 } as const;

/**
 * Data as a file that begins with `magic` once it is unpacked, piece by piece. Throws a `NotSaved`, be it after the last
 * piece, for what `openSavedFile` would refuse as too large.
 *
 * @param mostOf bytes before packing that a file of so many bytes may have
 */
export function* savedFile(magic: string, value: object, mostOf = mostBytes): Generator<Uint8Array<ArrayBuffer>> {
  let ready: Uint8Array<ArrayBuffer>[] = [];
  let [bytes, packedBytes] = [0, 0];
  const member = (options: typeof PACKED | typeof UNPACKED): Gzip =>
    new Gzip(options, (piece) => {
      packedBytes += piece.length;
      ready.push(piece);
    });
  let isPacked = true;
  let gzip = member(PACKED);
  for (const piece of saved(magic, value, mostOf(Number.POSITIVE_INFINITY))) {
    // What would unpack to more than a file of its size may is left as it is, in a member of its own.
    if (isPacked !== bytes + piece.length <= mostOf(packedBytes)) {
      isPacked = !isPacked;
      gzip.push(new Uint8Array(0), true);
      gzip = member(isPacked ? PACKED : UNPACKED);
    }
    bytes += piece.length;
    gzip.push(piece);
    yield* ready;
    ready = [];
  }
  gzip.push(new Uint8Array(0), true);
  yield* ready;
  const most = mostOf(packedBytes);
  if (bytes > most) throw tooLarge(bytes, most);
}

/** What the file unpacks to, in pieces of its own: the library keeps what it was given until it is compressed. */
function* saved(magic: string, value: object, most: number): Generator<Uint8Array<ArrayBuffer>> {
  yield new TextEncoder().encode(magic);
  let pieces = 0;
  for (const piece of packed({ version: SAVED_VERSION, ...value }, MOST_TEXTS, most)) {
    // The first says how long the second is.
    if (++pieces === 2) checkHead(piece);
    for (let at = 0; at < piece.length; at += PIECE_BYTES) yield piece.slice(at, at + PIECE_BYTES);
  }
}

/** Throws a `NotSaved` for a head, which stands in front of all columns, that would be refused. */
function checkHead(head: Uint8Array): void {
  try {
    checkHeadBytes(head.length, 0);
    checkNesting(head, 0);
  } catch (cause) {
    throw cause instanceof SavedFault ? new NotSaved(cause.message, { cause }) : cause;
  }
}

/** Whether a file begins with `magic` once it is unpacked. */
export async function isSavedFile(source: ByteSource, magic: string): Promise<boolean> {
  const reader = decompressed(source).open();
  try {
    return await beginsWith(new SavedBytes(reader, source.size), magic);
  } catch (error) {
    if (error instanceof SavedFault) return false;
    throw error;
  } finally {
    await reader.close();
  }
}

/**
 * The data of a file that begins with `magic`, as `read` takes it. Throws a `SavedFault` for one that is damaged, of a
 * later version, or made up.
 */
export async function openSavedFile<T>(
  source: ByteSource,
  magic: string,
  read: (value: Record<string, unknown>) => T,
): Promise<T> {
  const unpacking = decompressed(source);
  const reader = unpacking.open();
  try {
    const bytes = new SavedBytes(reader, source.size);
    if (!(await beginsWith(bytes, magic))) throw new SavedFault('it was not saved by Beaconscope', 0);
    const value = partsOf(await unpacked(bytes), 'file');
    await bytes.end();
    // A capture is analysed in spite of a wrong checksum; of what was saved every byte was right.
    const [damage] = unpacking.warnings ?? [];
    if (damage !== undefined)
      throw new SavedFault('its checksum does not match: it is damaged, another copy may be whole', damage.offset);
    checkVersion(value);
    return read(value);
  } catch (error) {
    if (error instanceof SavedFault) error.file = source.name;
    throw error;
  } finally {
    await reader.close();
  }
}

async function beginsWith(bytes: SavedBytes, magic: string): Promise<boolean> {
  return new TextDecoder().decode(await bytes.take(magic.length)) === magic;
}

function checkVersion(value: Record<string, unknown>): void {
  const version = number(1)(value['version'], 'version');
  if (version <= SAVED_VERSION) return;
  throw new SavedFault(
    `it was saved in version ${version} of the format, and this program reads up to version ${SAVED_VERSION}: ` +
      'open it in a later version of Beaconscope',
  );
}
