import { type ByteReader, type ByteSource, CaptureError } from 'pcap-ts-parser';
import type { Slabs } from '../slabs.ts';
import { ListedBytes } from './listed-bytes.ts';
import { memberName } from './member.ts';
import { PackedPlace, type Place, PlainPlace } from './place.ts';
import { isEnd, paxRecords, readTarHeader, TAR_BLOCK, textAt } from './tar-header.ts';

/**
 * First bytes of members that are kept: of a packed archive's, so that telling what they are unpacks nothing again, and all of
 * the small ones of a plain archive, which lie in what is read for the headers.
 */
const HEAD_BYTES = 1 << 16;
const SMALL_BYTES = 1 << 15;
/** Of all archives together. */
export const MOST_HEAD_BYTES = 1 << 26;
/** A longer name than this, or more of pax records, is none. */
const MOST_NAME_BYTES = 1 << 16;

const FILE_TYPES = new Set(['0', '7']);
const FOLDER = '5';
const LONG_NAME = 'L';
const PAX = 'x';
/** What says something of members that follow: long names, long targets of links, and pax records. */
const ABOUT_TYPES = new Set([LONG_NAME, 'K', PAX, 'g']);

/** What is in a tar archive. */
export interface TarMembers {
  members: ByteSource[];
  /** Members that are no files, but links and the like. */
  others: number;
  /** Whether there are more files than were asked for. */
  more: boolean;
  /** Why the list ends before the archive does. */
  fault: CaptureError | null;
}

/**
 * The files in a tar archive, at most `most`, and what else there is. Of a plain archive only headers and small files are
 * read; one that is packed as a whole is unpacked once for it.
 *
 * @param source the archive, unpacked as it is read
 * @param heads where first bytes of members are kept, of all archives that are opened
 */
export async function tarMembers(source: ByteSource, most: number, heads: Slabs): Promise<TarMembers> {
  // What it is packed with is known as long as it is not opened again.
  const { readAt, compression, bytes: held } = source;
  const place = readAt === undefined ? new PackedPlace(source) : new PlainPlace(readAt);
  const archive = { name: source.name, compression: compression ?? null, place, heads };
  const found: TarMembers = { members: [], others: 0, more: false, fault: null };
  const reader = source.open();
  const bytes = listedBytes(reader, held, readAt);
  try {
    await list(archive, bytes, found, most);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    found.fault = error;
  } finally {
    await reader.close();
  }
  return found;
}

interface Archive {
  name: string;
  compression: string | null;
  place: PackedPlace | PlainPlace;
  heads: Slabs;
}

function listedBytes(reader: ByteReader, held: ByteSource['bytes'], readAt: ByteSource['readAt']): ListedBytes {
  if (held !== undefined) return ListedBytes.inMemory(held);
  return readAt === undefined ? ListedBytes.forwards(reader) : ListedBytes.anywhere(readAt);
}

async function list(archive: Archive, bytes: ListedBytes, found: TarMembers, most: number): Promise<void> {
  let name: string | null = null;
  let size: number | null = null;
  const isPacked = archive.place instanceof PackedPlace;
  const taken = (at: number, length: number): Uint8Array | Promise<Uint8Array> =>
    bytes.ready(at, length) ?? bytes.read(at, length);
  for (let at = 0; ;) {
    const block = await taken(at, TAR_BLOCK);
    // Some archives lack the blocks of zeros at their end.
    if (block.length === 0 || isEnd(block)) return;
    const header = block.length < TAR_BLOCK ? null : readTarHeader(block);
    if (header === null || !Number.isSafeInteger(header.size))
      throw new CaptureError('bad-compression', at, 'the tar archive is damaged: what follows cannot be listed');
    const { type } = header;
    const isAbout = ABOUT_TYPES.has(type);
    const length = isAbout ? header.size : (size ?? header.size);
    at += TAR_BLOCK;
    if (type === LONG_NAME) {
      name = textAt(await taken(at, Math.min(length, MOST_NAME_BYTES)), 0, MOST_NAME_BYTES);
    } else if (type === PAX) {
      const records = paxRecords(await taken(at, Math.min(length, MOST_NAME_BYTES)));
      name = records.get('path') ?? name;
      size = /^\d{1,15}$/.test(records.get('size') ?? '') ? Number(records.get('size')) : size;
    } else if (!isAbout) {
      if (FILE_TYPES.has(type)) {
        if (found.members.length === most) {
          found.more = true;
          return;
        }
        const wanted = isPacked || length <= SMALL_BYTES ? Math.min(length, HEAD_BYTES, archive.heads.left) : 0;
        // A copy: what was read for it is much more.
        const head = archive.heads.copy(await taken(at, wanted));
        found.members.push(new TarMember(archive, name ?? header.name, { start: at, size: length, head }));
      } else if (type !== FOLDER) found.others++;
      name = size = null;
    }
    at += Math.ceil(length / TAR_BLOCK) * TAR_BLOCK;
  }
}

interface From {
  start: number;
  size: number;
  head: Uint8Array<ArrayBuffer>;
}

class TarMember implements ByteSource {
  readonly name: string;
  readonly size: number;
  readonly compression: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly readAt?: ByteSource['readAt'];
  private readonly place: Place;
  private readonly from: From;

  constructor({ name: archive, compression, place }: Archive, name: string, from: From) {
    this.place = place;
    this.name = memberName(archive, name);
    this.from = from;
    const { start, size, head } = from;
    this.size = size;
    if (head.length === size) this.bytes = head;
    this.compression = compression === null ? 'tar' : `tar in ${compression}`;
    if (place instanceof PlainPlace)
      this.readAt = (first, end) => place.readAt(start + Math.min(first, size), start + Math.min(end, size));
  }

  open(): ByteReader {
    const { start, size, head } = this.from;
    let position = 0;
    let reader: ByteReader | null = null;
    return {
      read: async (space) => {
        if (position < head.length) {
          const count = Math.min(space.length, head.length - position);
          space.set(head.subarray(position, position + count));
          position += count;
          return space.subarray(0, count);
        }
        if (position >= size) return space.subarray(0, 0);
        reader ??= this.place.openAt(start + position);
        const bytes = await reader.read(space.subarray(0, Math.min(space.length, size - position)));
        if (bytes.length === 0)
          throw new CaptureError('cut-compression', start + position, 'the tar archive ends before this file does');
        position += bytes.length;
        return bytes;
      },
      close: async () => reader?.close(),
    };
  }
}
