import type { Container } from './container.ts';
import type { Emitter } from './emitter.ts';
import { CaptureError } from './errors.ts';
import { otherFormat } from './other-formats.ts';
import { beginsPcap, beginsPcapng, MICROSECONDS, MODIFIED, NANOSECONDS } from './magic.ts';
import { PcapContainer } from './pcap.ts';
import { SECTION_HEADER, SMALLEST_BLOCK } from './pcapng-blocks.ts';
import { PcapngContainer } from './pcapng.ts';

/** Bytes from the start of a file that tell a capture's format. */
export const MAGIC_LENGTH = 4;
/** Bytes from the start of a file that tell what else it is: two of the longest ERF records. */
export const SNIFFED_BYTES = 1 << 17;

/** The reader for a file, by its first `MAGIC_LENGTH` bytes and never by its name; null for what is no capture. */
export function containerOf(magic: Uint8Array, emitter: Emitter): Container | null {
  const view = new DataView(magic.buffer, magic.byteOffset, magic.length);
  for (const littleEndian of [true, false]) {
    const number = view.getUint32(0, littleEndian);
    if (number === MICROSECONDS) return new PcapContainer(emitter, littleEndian, false, false);
    if (number === NANOSECONDS) return new PcapContainer(emitter, littleEndian, true, false);
    if (number === MODIFIED) return new PcapContainer(emitter, littleEndian, false, true);
    if (number === SECTION_HEADER) return new PcapngContainer(emitter);
  }
  return null;
}

/**
 * Whether a file begins as a capture does, and as no text.
 *
 * @param head its first bytes: four tell of a pcap, twelve of a pcapng, which begins with ends of lines
 * @returns true for pcap and pcapng
 */
export function beginsAsCapture(head: Uint8Array): boolean {
  if (head.length < MAGIC_LENGTH) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return beginsPcap(view, 0) || (head.length >= SMALLEST_BLOCK && beginsPcapng(view, 0));
}

/**
 * Says what a file is that is no capture, by its first `SNIFFED_BYTES`, or all where it is shorter: throws
 * "other-format" for what is known by name, "not-a-capture" for anything else.
 */
export function refuse(head: Uint8Array): never {
  const other = otherFormat(head);
  if (other !== null) throw new CaptureError('other-format', 0, other);
  const shown = Array.from(head.subarray(0, MAGIC_LENGTH), (byte) => byte.toString(16).padStart(2, '0'));
  throw new CaptureError('not-a-capture', 0, `neither pcap nor pcapng: it begins with the bytes ${shown.join(' ')}`);
}
