import type { Container } from './container.ts';
import type { Emitter } from './emitter.ts';
import { CaptureError } from './errors.ts';
import { PcapContainer } from './pcap.ts';
import { PcapngContainer, SECTION_HEADER } from './pcapng.ts';

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;

/** Bytes from the start of a file that tell its format. */
export const MAGIC_LENGTH = 4;

/** The reader for a file, by its first bytes and never by its name. Throws "not-a-capture" where there is none. */
export function sniff(magic: DataView, emitter: Emitter): Container {
  for (const littleEndian of [true, false]) {
    const number = magic.getUint32(0, littleEndian);
    if (number === MICROSECONDS) return new PcapContainer(emitter, littleEndian, false);
    if (number === NANOSECONDS) return new PcapContainer(emitter, littleEndian, true);
    if (number === SECTION_HEADER) return new PcapngContainer(emitter);
  }
  const shown = Array.from({ length: MAGIC_LENGTH }, (_, i) => magic.getUint8(i).toString(16).padStart(2, '0'));
  throw new CaptureError('not-a-capture', 0, `neither pcap nor pcapng: it begins with the bytes ${shown.join(' ')}`);
}
