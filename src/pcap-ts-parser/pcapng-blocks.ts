import type { Fit } from './container.ts';

/** Block types of draft-ietf-opsawg-pcapng (section 11.1). */
export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;
export const PACKET = 2;
export const SIMPLE_PACKET = 3;
export const NAME_RESOLUTION = 4;
export const INTERFACE_STATISTICS = 5;
export const ENHANCED_PACKET = 6;
const DECRYPTION_SECRETS = 10;
const CUSTOM = 0xbad;
const CUSTOM_NOT_COPIED = 0x4000_0bad;

const BYTE_ORDER_MARK = 0x1a2b3c4d;

/** Type, length and the length again at the end: the least a block can be. */
export const SMALLEST_BLOCK = 12;
export const BLOCK_HEADER = 8;

/** Blocks longer than this are not looked for: it would make every search wait for more bytes. */
const LONGEST_FOUND = 1 << 20;
/** Bytes that decide about any place. */
export const FIT_BYTES = LONGEST_FOUND + BLOCK_HEADER;

/** The section's byte order by the mark at `at`; null where there is none. */
export function byteOrderOf(view: DataView, at: number): boolean | null {
  if (view.getUint32(at, true) === BYTE_ORDER_MARK) return true;
  return view.getUint32(at, false) === BYTE_ORDER_MARK ? false : null;
}

/** Whether a block of a known type begins at `at`: its two lengths are equal, and one that a block can have. */
export function fitBlock(view: DataView, at: number, end: number, final: boolean, littleEndian: boolean): Fit {
  if (end - at < SMALLEST_BLOCK) return final ? 'differs' : 'unknown';
  const type = view.getUint32(at, littleEndian);
  if (!isKnown(type)) return 'differs';
  let order = littleEndian;
  if (type === SECTION_HEADER) {
    const own = byteOrderOf(view, at + BLOCK_HEADER);
    if (own === null) return 'differs';
    order = own;
  }
  const length = view.getUint32(at + 4, order);
  if (length < SMALLEST_BLOCK || length > LONGEST_FOUND || length % 4 !== 0) return 'differs';
  if (end - at < length) return final ? 'differs' : 'unknown';
  return view.getUint32(at + length - 4, order) === length ? 'fits' : 'differs';
}

/** Whether a type is one of those given out. */
export function isKnown(type: number): boolean {
  return (
    (type >= INTERFACE_DESCRIPTION && type <= ENHANCED_PACKET) ||
    type === SECTION_HEADER ||
    type === DECRYPTION_SECRETS ||
    type === CUSTOM ||
    type === CUSTOM_NOT_COPIED
  );
}

/** Blocks whose content is read; all others are passed over by their length. */
export function isLookedInto(type: number): boolean {
  return (type >= INTERFACE_DESCRIPTION && type <= ENHANCED_PACKET) || type === SECTION_HEADER;
}
