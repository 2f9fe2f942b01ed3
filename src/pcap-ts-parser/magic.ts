import { BLOCK_HEADER, byteOrderOf, SECTION_HEADER } from './pcapng-blocks.ts';

export const MICROSECONDS = 0xa1b2c3d4;
export const NANOSECONDS = 0xa1b23c4d;
/** Alexey Kuznetzov's libpcap patch. */
export const MODIFIED = 0xa1b2cd34;
const PCAP_MAGIC: ReadonlySet<number> = new Set([MICROSECONDS, NANOSECONDS, MODIFIED]);

/** The only major version of pcap that there is. */
export const MAJOR_VERSION = 2;

/** Whether a pcap begins at `at`, in either byte order, by its first four bytes. */
export function beginsPcap(view: DataView, at: number): boolean {
  return PCAP_MAGIC.has(view.getUint32(at, true)) || PCAP_MAGIC.has(view.getUint32(at, false));
}

/** Whether a pcapng, or a section of one, begins at `at`, by its first twelve bytes. */
export function beginsPcapng(view: DataView, at: number): boolean {
  return view.getUint32(at) === SECTION_HEADER && byteOrderOf(view, at + BLOCK_HEADER) !== null;
}

/** Whether a capture of any kind begins at `at`, behind another one, by its first twelve bytes: by chance none does. */
export function beginsJoined(view: DataView, at: number): boolean {
  if (beginsPcapng(view, at)) return true;
  return beginsPcap(view, at) && [true, false].some((order) => view.getUint16(at + 4, order) === MAJOR_VERSION);
}
