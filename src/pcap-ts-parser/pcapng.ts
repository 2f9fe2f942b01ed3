import type { ByteWindow } from './byte-window.ts';
import { type Container, LONGEST_PACKET } from './container.ts';
import type { Emitter } from './emitter.ts';
import { CaptureError } from './errors.ts';
import { describeInterface, type Interface, stamp } from './pcapng-interface.ts';

/** Block types of draft-ietf-opsawg-pcapng that are looked into; all others are passed over by their length. */
export const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

const BYTE_ORDER_MARK = 0x1a2b3c4d;

/** Type, length and the length again at the end: the least a block can be. */
const SMALLEST_BLOCK = 12;
const BLOCK_HEADER = 8;

/** pcapng (draft-ietf-opsawg-pcapng): sections of blocks, each section with a byte order and interfaces of its own. */
export class PcapngContainer implements Container {
  readonly format = 'pcapng';
  private readonly emitter: Emitter;
  private littleEndian = true;
  private interfaces: Interface[] = [];
  private toSkip = 0;

  constructor(emitter: Emitter) {
    this.emitter = emitter;
  }

  decode(window: ByteWindow): number {
    const { view, end } = window;
    this.emitter.packet.bytes = window.bytes;
    while (end - window.start >= SMALLEST_BLOCK) {
      const at = window.start;
      const type = view.getUint32(at, this.littleEndian);
      // The type reads the same in both byte orders; the mark behind it tells which one the section is in.
      if (type === SECTION_HEADER) this.byteOrder(window);
      const length = this.blockLength(window);
      const body = at + BLOCK_HEADER;
      if (!isLookedInto(type)) {
        this.toSkip = length;
        if (length > end - at) return 0;
        window.start = at + this.takeSkip();
        continue;
      }
      if (length > LONGEST_PACKET) this.fail(window, `a block of type ${type} claims ${length} bytes`);
      if (length > end - at) return length;
      const bodyEnd = at + length - 4;
      if (type === SECTION_HEADER) this.interfaces = [];
      else if (type === INTERFACE_DESCRIPTION) this.describe(window, body, bodyEnd);
      else if (type === ENHANCED_PACKET) this.enhancedPacket(window, body, bodyEnd);
      else this.simplePacket(window, body, bodyEnd);
      window.start = at + length;
    }
    return SMALLEST_BLOCK;
  }

  takeSkip(): number {
    const skip = this.toSkip;
    this.toSkip = 0;
    return skip;
  }

  cut(window: ByteWindow): never {
    const left = window.end - window.start;
    if (left < BLOCK_HEADER) {
      throw new CaptureError('cut-record', window.offset, `the file ends after ${left} bytes of a block's header`);
    }
    const length = window.view.getUint32(window.start + 4, this.littleEndian);
    throw new CaptureError('cut-record', window.offset, `the file ends after ${left} of a block's ${length} bytes`);
  }

  private byteOrder(window: ByteWindow): void {
    const at = window.start + BLOCK_HEADER;
    if (window.view.getUint32(at, true) === BYTE_ORDER_MARK) this.littleEndian = true;
    else if (window.view.getUint32(at, false) === BYTE_ORDER_MARK) this.littleEndian = false;
    else throw new CaptureError('bad-byte-order', window.offset, 'a section header without a byte-order mark');
  }

  private blockLength(window: ByteWindow): number {
    const length = window.view.getUint32(window.start + 4, this.littleEndian);
    if (length < SMALLEST_BLOCK) this.fail(window, `a block claims a length of ${length}, less than any block has`);
    // The length must be a multiple of 4; writers that forget the padding are read with it.
    return Math.ceil(length / 4) * 4;
  }

  private describe(window: ByteWindow, body: number, end: number): void {
    if (end - body < 8) this.fail(window, 'an interface description is too short for its fields');
    const described = describeInterface(window.view, body, end, this.littleEndian);
    this.interfaces.push(described);
    this.emitter.linkTypes.add(described.linkType);
  }

  private enhancedPacket(window: ByteWindow, body: number, end: number): void {
    const { view } = window;
    const { littleEndian } = this;
    if (end - body < 20) this.fail(window, 'an enhanced packet block is too short for its fields');
    const captured = view.getUint32(body + 12, littleEndian);
    if (captured > end - body - 20) {
      this.fail(window, `an enhanced packet block claims ${captured} captured bytes, but holds ${end - body - 20}`);
    }
    const from = this.interfaceOf(window, view.getUint32(body, littleEndian));
    stamp(this.emitter.packet, view.getUint32(body + 4, littleEndian), view.getUint32(body + 8, littleEndian), from);
    this.emit(window, from, body + 20, captured, view.getUint32(body + 16, littleEndian));
  }

  /** A simple packet has no time of its own and comes from the section's first interface. */
  private simplePacket(window: ByteWindow, body: number, end: number): void {
    if (end - body < 4) this.fail(window, 'a simple packet block is too short for its length');
    const wireLength = window.view.getUint32(body, this.littleEndian);
    const from = this.interfaceOf(window, 0);
    const snapped = from.snapLength === 0 ? wireLength : Math.min(wireLength, from.snapLength);
    const { packet } = this.emitter;
    packet.seconds = 0;
    packet.nanoseconds = 0;
    packet.timed = false;
    this.emit(window, from, body + 4, Math.min(snapped, end - body - 4), wireLength);
    packet.timed = true;
  }

  private emit(window: ByteWindow, from: Interface, start: number, captured: number, wireLength: number): void {
    const { packet } = this.emitter;
    packet.linkType = from.linkType;
    packet.fileOffset = window.offset;
    packet.start = start;
    packet.capturedLength = captured;
    packet.wireLength = wireLength;
    this.emitter.emit();
  }

  private interfaceOf(window: ByteWindow, id: number): Interface {
    if (id < this.interfaces.length) return this.interfaces[id];
    throw new CaptureError(
      'no-interface', window.offset,
      `a packet names interface ${id}, but the section describes ${this.interfaces.length}`,
    );
  }

  private fail(window: ByteWindow, message: string): never {
    throw new CaptureError('bad-length', window.offset, message);
  }
}

function isLookedInto(type: number): boolean {
  return type === ENHANCED_PACKET || type === SIMPLE_PACKET || type === INTERFACE_DESCRIPTION || type === SECTION_HEADER;
}
