import { FLAGS, isSmall, passwordCheckOf, type ReadBytes, type SmallEntry } from './small-file.ts';
import { AES_METHOD, type AesField, aesField } from './zip-aes.ts';

/** What the list of an archive says of a file. */
export interface ListedFile extends SmallEntry {
  filename: string;
  /** CRC-32 of what it unpacks to; empty where AES has a checksum of its own. */
  signature: number;
}

/** The end of the list (APPNOTE.TXT 4.3.16) as it is without a comment, and where in it is what. */
const END = { signature: 0x06054b50, bytes: 22, disks: 4, onDisk: 8, count: 10, length: 12, offset: 16, comment: 20 };
/** A file's part of the list (4.3.12). */
const FILE = {
  signature: 0x02014b50,
  bytes: 46,
  flags: 8,
  method: 10,
  time: 12,
  crc: 16,
  packed: 20,
  unpacked: 24,
  name: 28,
  extra: 30,
  comment: 32,
  disk: 34,
  attributes: 38,
  offset: 42,
};
/** Flags that say that a file is encrypted, how well it is packed, that its lengths follow it, too, and that its name is UTF-8. */
const PLAIN_FLAGS = 0x080f;
/** Extra fields that change nothing of what is read here: times, and whose the file was. */
const PLAIN_EXTRAS: ReadonlySet<number> = new Set([0x5455, 0x7875, 0x000a]);
/** Attributes that make a folder: of MS-DOS, and the type of a Unix file, where it is none. */
const DOS_FOLDER = 0x10;
const UNIX_TYPE_SHIFT = 28;
const UNIX_FILE = 8;
/** What stands for a length or a place that has no room in 32 bits, or a count in 16. */
const [BEYOND_32, BEYOND_16] = [0xffff_ffff, 0xffff];

/**
 * The files of an archive whose list is as plain as most are. The library takes as long for the list of thousands of small
 * files as all else does for them. Null for any other list, which is left to it.
 */
export async function plainList(
  read: ReadBytes,
  size: number,
  most: number,
): Promise<{ files: ListedFile[]; more: boolean } | null> {
  if (size < END.bytes) return null;
  const end = viewOf(await read(size - END.bytes, END.bytes));
  if (end.byteLength < END.bytes || end.getUint32(0, true) !== END.signature) return null;
  const count = end.getUint16(END.count, true);
  const length = end.getUint32(END.length, true);
  const offset = end.getUint32(END.offset, true);
  const isWhole = offset + length === size - END.bytes && end.getUint16(END.comment, true) === 0;
  const isOne = end.getUint32(END.disks, true) === 0 && end.getUint16(END.onDisk, true) === count;
  if (!isWhole || !isOne || count === 0 || count === BEYOND_16) return null;
  const list = await read(offset, length);
  const view = viewOf(list);
  const files: ListedFile[] = [];
  for (let at = 0, number = 0; number < count; number++) {
    const file = fileAt(list, view, at, offset);
    if (file === null) return null;
    if (!file.filename.endsWith('/')) {
      if (files.length === most) return { files, more: true };
      files.push(file);
    }
    at = file.end;
  }
  return { files, more: false };
}

/** A file, and where its part of the list ends; null where anything is odd. */
function fileAt(
  list: Uint8Array,
  view: DataView,
  at: number,
  listOffset: number,
): (ListedFile & { end: number }) | null {
  if (at + FILE.bytes > list.length) return null;
  const nameEnd = at + FILE.bytes + view.getUint16(at + FILE.name, true);
  const extraEnd = nameEnd + view.getUint16(at + FILE.extra, true);
  const end = extraEnd + view.getUint16(at + FILE.comment, true);
  if (view.getUint32(at, true) !== FILE.signature || end > list.length) return null;
  const fields = fieldsAt(view, nameEnd, extraEnd);
  const method = view.getUint16(at + FILE.method, true);
  if (fields === null || (method === AES_METHOD) !== (fields.aes !== null)) return null;
  const flags = view.getUint16(at + FILE.flags, true);
  const filename = nameOf(list.subarray(at + FILE.bytes, nameEnd));
  const offset = view.getUint32(at + FILE.offset, true);
  const signature = view.getUint32(at + FILE.crc, true);
  const encrypted = (flags & FLAGS.encrypted) !== 0;
  const file = {
    offset,
    compressedSize: view.getUint32(at + FILE.packed, true),
    uncompressedSize: view.getUint32(at + FILE.unpacked, true),
    compressionMethod: fields.aes?.method ?? method,
    encrypted,
    // What else there is to encrypt with has a way of packing of its own, or other flags.
    zipCrypto: encrypted && fields.aes === null,
    passwordCheck: passwordCheckOf(flags, signature, view.getUint16(at + FILE.time, true)),
    aes: fields.aes?.lock ?? null,
    signature,
    end,
  };
  const isPlain = (flags & ~PLAIN_FLAGS) === 0 && view.getUint16(at + FILE.disk, true) === 0;
  const isIn32 = file.compressedSize < BEYOND_32 && file.uncompressedSize < BEYOND_32 && offset < listOffset;
  const isFile = filename?.endsWith('/') === true || !isFolder(view.getUint32(at + FILE.attributes, true));
  if (filename === null || !isPlain || !isIn32 || !isFile || !isSmall(file)) return null;
  return { ...file, filename };
}

/** Whether attributes say that a file is a folder, or something else that is no file. */
function isFolder(attributes: number): boolean {
  const unixType = attributes >>> UNIX_TYPE_SHIFT;
  return (attributes & DOS_FOLDER) !== 0 || (unixType !== 0 && unixType !== UNIX_FILE);
}

/** What extra fields say of AES, if anything; null where there are others that change something, or two of it. */
function fieldsAt(view: DataView, start: number, end: number): { aes: AesField | null } | null {
  let aes: AesField | null = null;
  let at = start;
  while (at + 4 <= end) {
    if (!PLAIN_EXTRAS.has(view.getUint16(at, true))) {
      if (aes !== null) return null;
      aes = aesField(view, at);
      if (aes === null) return null;
    }
    at += 4 + view.getUint16(at + 2, true);
  }
  return at === end ? { aes } : null;
}

/** A name in visible ASCII; null for any other, whose characters take more to tell. */
function nameOf(bytes: Uint8Array): string | null {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? String.fromCharCode(...bytes) : null;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
