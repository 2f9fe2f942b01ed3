/** A tar archive is made of blocks of so many bytes. */
export const TAR_BLOCK = 512;

const CHECKSUM = { at: 148, length: 8 };
const MAGIC_AT = 257;
const LATIN = new TextDecoder('latin1');
const UTF8 = new TextDecoder();

/** What a block before a member says of it (POSIX.1-2017 pax, "ustar Interchange Format"). */
export interface TarHeader {
  name: string;
  /** Bytes that follow it, without those that fill their last block; NaN where it is no number. */
  size: number;
  /** The type as one letter: "0" for files. */
  type: string;
}

/** Whether a file's first block looks like that of a tar archive, old or new. */
export function isTar(block: Uint8Array): boolean {
  return block.length >= TAR_BLOCK && LATIN.decode(block.subarray(MAGIC_AT, MAGIC_AT + 5)) === 'ustar' && hasSum(block);
}

/** Whether a block is one of the zeros that end an archive. */
export function isEnd(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** Reads a header; null where its checksum is wrong. */
export function readTarHeader(block: Uint8Array): TarHeader | null {
  if (!hasSum(block)) return null;
  const prefix =
    LATIN.decode(block.subarray(MAGIC_AT, MAGIC_AT + 8)) === 'ustar\u000000' ? textAt(block, 345, 155) : '';
  const name = textAt(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: numberAt(block, 124, 12),
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156]),
  };
}

/** The records of a pax header by key: each is its own length in digits, a blank, `key=value` and a line break. */
export function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at);
    if (blank < 0) break;
    const length = Number(LATIN.decode(bytes.subarray(at, blank)));
    if (!Number.isSafeInteger(length) || length <= blank - at || at + length > bytes.length) break;
    const [key, value] = splitOnce(UTF8.decode(bytes.subarray(blank + 1, at + length - 1)), '=');
    records.set(key, value);
    at += length;
  }
  return records;
}

/** A text up to its first zero byte. */
export function textAt(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return UTF8.decode(end < 0 ? field : field.subarray(0, end));
}

/** A number in octal digits, or, behind a byte with its highest bit set, in binary. */
function numberAt(block: Uint8Array, at: number, length: number): number {
  if (block[at] === 0x80) {
    return block.subarray(at + 1, at + length).reduce((number, byte) => number * 256 + byte, 0);
  }
  const digits = textAt(block, at, length).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN;
}

/** The checksum is the sum of all bytes, with blanks in its own place. */
function hasSum(block: Uint8Array): boolean {
  let sum = 0x20 * CHECKSUM.length;
  for (let at = 0; at < TAR_BLOCK; at++) {
    if (at < CHECKSUM.at || at >= CHECKSUM.at + CHECKSUM.length) sum += block[at];
  }
  return numberAt(block, CHECKSUM.at, CHECKSUM.length) === sum;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
