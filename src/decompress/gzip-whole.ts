import { checksumOf, type Hasher } from './checksum.ts';
import { inflateTo } from './deflate/deflate.ts';
import { u32 } from './skippable.ts';

/** What each member of a gzip file begins with. */
const MAGIC = [0x1f, 0x8b, 8];
export const [FIRST_BYTE] = MAGIC;
/** Flags of a header (RFC 1952, section 2.3.1), and those that there are not. */
const FLAGS = { checksum: 0x02, extra: 0x04, name: 0x08, comment: 0x10, unknown: 0xe0 };
const FLAGS_AT = 3;
export const LEAST_HEADER = 10;
/** A member's end: CRC-32 and length of what it unpacks to. */
export const TRAILER = 8;

/**
 * Unpacks all members to the beginning of `out`: comes back with how much of it they fill. Throws where they are damaged or do
 * not fit.
 *
 * @param crc checks the members' checksums; without it they are passed over
 */
export function gunzipTo(packed: Uint8Array, out: Uint8Array, crc: Hasher | null): number {
  let to = 0;
  for (let at = 0; at < packed.length;) {
    const { length, end } = memberTo(packed, at, out.subarray(to));
    if (crc !== null && !isTrailerOf(out.subarray(to, to + length), packed, end, crc))
      throw new Error('its checksum is wrong');
    at = end + TRAILER;
    to += length;
  }
  return to;
}

/**
 * Unpacks as many whole members as there are to the beginning of `out`: comes back with how much of it they fill, and with where
 * in `packed` they end, before what is cut, damaged, or has no room.
 *
 * @param onMismatch told where a checksum stands that is wrong
 */
export function membersTo(
  packed: Uint8Array,
  out: Uint8Array,
  crc: Hasher,
  onMismatch: (at: number) => void,
): { length: number; end: number } {
  let [to, at] = [0, 0];
  try {
    while (packed[at] === FIRST_BYTE) {
      const { length, end } = memberTo(packed, at, out.subarray(to));
      if (!isTrailerOf(out.subarray(to, to + length), packed, end, crc)) onMismatch(end);
      at = end + TRAILER;
      to += length;
    }
  } catch {
    // Who reads on says what it is.
  }
  return { length: to, end: at };
}

/** Unpacks the member that begins at a place; comes back with its length, and with where its trailer stands. Throws as they do. */
function memberTo(packed: Uint8Array, start: number, out: Uint8Array): { length: number; end: number } {
  const header = headerLength(packed, start, packed.length);
  if (header === null) throw new Error('it ends too early');
  const member = inflateTo(packed, start + header, out);
  if (member.end + TRAILER > packed.length) throw new Error('it ends too early');
  return member;
}

function isTrailerOf(unpacked: Uint8Array, bytes: Uint8Array, at: number, crc: Hasher): boolean {
  crc.init().update(unpacked);
  return isTrailer(bytes, at, crc, unpacked.length);
}

/** Bytes of the header that begins at a place; null where it has no end. Throws where it is none. */
export function headerLength(bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start < LEAST_HEADER) return null;
  const flags = bytes[start + FLAGS_AT];
  if (MAGIC.some((byte, place) => bytes[start + place] !== byte) || (flags & FLAGS.unknown) !== 0)
    throw new Error('a header that is none');
  let at = start + LEAST_HEADER;
  if ((flags & FLAGS.extra) !== 0) at += 2 + (bytes[at] | (bytes[at + 1] << 8));
  for (const text of [FLAGS.name, FLAGS.comment]) {
    if ((flags & text) === 0 || at >= end) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return null;
    at = zero + 1;
  }
  if ((flags & FLAGS.checksum) !== 0) at += 2;
  return at <= end ? at - start : null;
}

/** Whether what stands at a place is the trailer of what was unpacked. */
export function isTrailer(bytes: Uint8Array, at: number, crc: Hasher, length: number): boolean {
  return u32(bytes, at) === checksumOf(crc) && u32(bytes, at + 4) === length % 0x1_0000_0000;
}
