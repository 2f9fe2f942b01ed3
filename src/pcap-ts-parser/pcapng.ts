import type { ByteWindow } from './byte-window.ts';
import { type Container, type Fit, LONGEST_PACKET } from './container.ts';
import type { Emitter } from './emitter.ts';
import { CaptureError, type FaultKind } from './errors.ts';
import { beginsJoined } from './magic.ts';
import {
  BLOCK_HEADER,
  byteOrderOf,
  FIT_BYTES,
  fitBlock,
  isKnown,
  isLookedInto,
  SECTION_HEADER,
  SMALLEST_BLOCK,
} from './pcapng-blocks.ts';
import { padded } from './pcapng-options.ts';
import { PcapngSection } from './pcapng-section.ts';
import { Gap } from './warnings.ts';

const ZEROS = 4;

/** pcapng (draft-ietf-opsawg-pcapng): sections of blocks, each section with a byte order and interfaces of its own. */
export class PcapngContainer implements Container {
  readonly format = 'pcapng';
  isBehind = false;
  private readonly emitter: Emitter;
  private section: PcapngSection;
  private toSkip = 0;
  /** Block that is being passed over: its place and length. */
  private skipped = { offset: 0, length: 0 };
  private gap: Gap | null = null;
  /** A lost section header takes the byte order and the interfaces of all blocks up to the next one with it. */
  private sectionLost = false;

  constructor(emitter: Emitter) {
    this.emitter = emitter;
    this.section = new PcapngSection(emitter, true);
  }

  decode(window: ByteWindow, final: boolean): number {
    this.emitter.packet.bytes = window.bytes;
    for (;;) {
      if (this.gap !== null && !this.search(window, final)) return FIT_BYTES;
      if (window.end - window.start < SMALLEST_BLOCK) return SMALLEST_BLOCK;
      const wanted = this.takeBlock(window, final);
      if (wanted > 0 || this.toSkip > 0) return wanted;
    }
  }

  takeSkip(): number {
    const skip = this.toSkip;
    this.toSkip = 0;
    return skip;
  }

  cut(window: ByteWindow): never {
    const { offset, length } = this.skipped;
    if (length > 0) {
      const there = window.offsetOf(window.end) - offset;
      throw new CaptureError('cut-record', offset, `the file ends after ${there} of a block's ${length} bytes`);
    }
    const left = window.end - window.start;
    if (left < BLOCK_HEADER) {
      throw new CaptureError('cut-record', window.offset, `the file ends after ${left} bytes of a block's header`);
    }
    const claimed = window.view.getUint32(window.start + 4, this.section.littleEndian);
    throw new CaptureError('cut-record', window.offset, `the file ends after ${left} of a block's ${claimed} bytes`);
  }

  settle(end: number): void {
    this.gap?.close(null, end, 'block');
    this.gap = null;
    this.section.settle();
  }

  /** Takes one block; returns how many bytes it needs to lie in the window, or 0 when it is done with. */
  private takeBlock(window: ByteWindow, final: boolean): number {
    const { view, end, start: at } = window;
    this.skipped.length = 0;
    let { littleEndian } = this.section;
    const type = view.getUint32(at, littleEndian);
    // The type reads the same in both byte orders; the mark behind it tells which one the section is in.
    if (type === SECTION_HEADER) {
      const order = byteOrderOf(view, at + BLOCK_HEADER);
      if (order === null) return this.lose(window, 'bad-byte-order', 'a section header without a byte-order mark');
      littleEndian = order;
    } else if (!isKnown(type) && beginsJoined(view, at)) {
      this.isBehind = true;
      return SMALLEST_BLOCK;
    }
    const claimed = view.getUint32(at + 4, littleEndian);
    if (claimed < SMALLEST_BLOCK) {
      return type === 0 && claimed === 0
        ? this.lose(window, 'zero-filled', 'zero bytes where a block should begin')
        : this.lose(window, 'bad-length', `a block claims a length of ${claimed}, less than any block has`);
    }
    // Writers that forget the padding in the length are read with it.
    const length = padded(claimed);
    if (length > LONGEST_PACKET) {
      if (isLookedInto(type) || !isKnown(type))
        return this.lose(window, 'bad-length', `a block of type ${type} claims ${claimed} bytes`);
      this.skipped = { offset: window.offset, length };
      this.toSkip = length;
      return 0;
    }
    if (length > end - at) {
      if (!final || this.find(window, at + 1, final).fit === 'differs') return length;
      return this.lose(window, 'cut-record', `the file ends after ${end - at} of a block's ${claimed} bytes`);
    }
    const trailing = view.getUint32(at + length - 4, littleEndian);
    if (trailing !== claimed) {
      const next = this.fitAfter(window, length, final);
      if (next === 'unknown') return length + FIT_BYTES;
      const message = `a block's length is ${claimed} at its beginning and ${trailing} at its end`;
      if (next === 'differs') return this.lose(window, 'bad-length', message);
      this.emitter.warnings.add('bad-length', window.offset, `${message}: the first is right by what follows`);
    } else if (length !== claimed) {
      const message = `a block's length of ${claimed} is not a multiple of 4: it was read with ${length}`;
      this.emitter.warnings.add('bad-length', window.offset, message);
    }
    if (type === SECTION_HEADER) {
      this.section.settle();
      this.section = new PcapngSection(this.emitter, littleEndian);
    }
    this.section.take(type, window, at + BLOCK_HEADER, at + length - 4);
    window.start = at + length;
    return 0;
  }

  /** Whether a block follows one of `length` bytes, or the file ends there. */
  private fitAfter(window: ByteWindow, length: number, final: boolean): Fit {
    const next = window.start + length;
    if (next === window.end && final) return 'fits';
    return fitBlock(window.view, next, window.end, final, this.section.littleEndian);
  }

  /**
   * Gives up on the block at the window's start: the next one is searched for. At the file's start nothing can be read.
   */
  private lose(window: ByteWindow, kind: FaultKind, message: string): number {
    const { offset } = window;
    if (offset === 0) throw new CaptureError(kind, 0, message);
    this.sectionLost = window.view.getUint32(window.start, true) === SECTION_HEADER;
    this.gap = new Gap(this.emitter.warnings.add(kind, offset, message), offset);
    window.start += 1;
    return 0;
  }

  /** Moves the window to the next block. Returns false where more bytes are needed, or there are none. */
  private search(window: ByteWindow, final: boolean): boolean {
    const { at, fit } = this.find(window, window.start, final);
    window.start = at;
    if (fit !== 'fits') return false;
    this.gap?.close(window.offset, window.offset, 'block');
    this.gap = null;
    return true;
  }

  /** The first place from one on where a block is, or may be. */
  private find({ view, end }: ByteWindow, from: number, final: boolean): { at: number; fit: Fit } {
    const { littleEndian } = this.section;
    let at = from;
    let fit = this.fitWanted(view, at, end, final, littleEndian);
    while (fit === 'differs' && at < end) {
      at = behindZeros(view, at + 1, end);
      fit = this.fitWanted(view, at, end, final, littleEndian);
    }
    return { at, fit };
  }

  private fitWanted(view: DataView, at: number, end: number, final: boolean, littleEndian: boolean): Fit {
    if (this.sectionLost && end - at >= SMALLEST_BLOCK && view.getUint32(at, true) !== SECTION_HEADER) return 'differs';
    return fitBlock(view, at, end, final, littleEndian);
  }
}

/** The next place at which a block may begin: none does at four zero bytes, and holes of files are zeros by the gigabyte. */
function behindZeros(view: DataView, from: number, end: number): number {
  if (end - from < ZEROS || view.getUint32(from) !== 0) return from;
  let at = from;
  while (end - at >= 2 * ZEROS && view.getUint32(at + ZEROS) === 0) at += ZEROS;
  return at + 1;
}
