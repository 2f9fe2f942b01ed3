import type { ByteWindow } from './byte-window.ts';
import type { Emitter } from './emitter.ts';
import type { FaultKind } from './errors.ts';
import {
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  INTERFACE_STATISTICS,
  NAME_RESOLUTION,
  PACKET,
  SECTION_HEADER,
  SIMPLE_PACKET,
} from './pcapng-blocks.ts';
import { describeInterface, type Interface, stamp } from './pcapng-interface.ts';
import { readNames } from './pcapng-names.ts';
import { eachOption, padded } from './pcapng-options.ts';
import { countText } from './warnings.ts';

/** Bytes of a block's body before its options, or before the packet's data. */
const SECTION_FIELDS = 16;
const INTERFACE_FIELDS = 8;
const STATISTICS_FIELDS = 12;
const PACKET_FIELDS = 20;

/** Interfaces that are kept of a section: no machine has more. */
const MOST_INTERFACES = 1 << 16;

const ISB_IFDROP = 5;
const ISB_OSDROP = 7;

/** One section of a pcapng file: reads its blocks, in its byte order and by its interfaces. */
export class PcapngSection {
  readonly littleEndian: boolean;
  private readonly emitter: Emitter;
  private readonly interfaces: Interface[] = [];
  private interfacesLeftOut = 0;

  constructor(emitter: Emitter, littleEndian: boolean) {
    this.emitter = emitter;
    this.littleEndian = littleEndian;
  }

  /** Reads a block whose body is `window.bytes[body, end)`. One that cannot be is left out with a warning. */
  take(type: number, window: ByteWindow, body: number, end: number): void {
    if (type === ENHANCED_PACKET) this.enhancedPacket(window, body, end);
    else if (type === SIMPLE_PACKET) this.simplePacket(window, body, end);
    else if (type === PACKET) this.packet(window, body, end);
    else if (type === INTERFACE_DESCRIPTION) this.describe(window, body, end);
    else if (type === SECTION_HEADER) this.header(window, body, end);
    else if (type === INTERFACE_STATISTICS) this.statistics(window, body, end);
    else if (type === NAME_RESOLUTION) this.names(window, body, end);
  }

  /** Says what the interfaces dropped, and how many there are too many of. Called at the section's end. */
  settle(): void {
    if (this.interfacesLeftOut > 0) {
      const message =
        `a section describes ${MOST_INTERFACES + this.interfacesLeftOut} interfaces: ` +
        `those after the first ${MOST_INTERFACES}, and packets that name them, are left out`;
      this.emitter.warnings.add('too-many', null, message);
    }
    const dropped = this.interfaces.reduce((sum, described) => sum + described.dropped, 0);
    if (dropped === 0) return;
    const message = `${countText(dropped)} packets were dropped while capturing: what they held is missing here`;
    this.emitter.warnings.add('dropped-packets', null, message);
  }

  private header(window: ByteWindow, body: number, end: number): void {
    const { view } = window;
    if (end - body < SECTION_FIELDS)
      return this.leaveOut(window, 'bad-length', 'a section header is too short for its fields');
    const major = view.getUint16(body + 4, this.littleEndian);
    const minor = view.getUint16(body + 6, this.littleEndian);
    if (major !== 1 || (minor !== 0 && minor !== 2)) {
      const message = `the section header says version ${major}.${minor}: it is read like 1.0`;
      this.emitter.warnings.add('unknown-version', window.offsetOf(body + 4), message);
    }
    this.emitter.comments += eachOption(view, body + SECTION_FIELDS, end, this.littleEndian);
  }

  private describe(window: ByteWindow, body: number, end: number): void {
    if (end - body < INTERFACE_FIELDS) {
      return this.leaveOut(window, 'bad-length', 'an interface description is too short for its fields');
    }
    if (this.interfaces.length === MOST_INTERFACES) {
      this.interfacesLeftOut++;
      return;
    }
    const described = describeInterface(window.view, body, end, this.littleEndian);
    this.interfaces.push(described);
    this.emitter.linkTypes.add(described.linkType);
    this.emitter.nameInterface(described.name);
    this.emitter.comments += described.comments;
  }

  private statistics(window: ByteWindow, body: number, end: number): void {
    const { view } = window;
    if (end - body < STATISTICS_FIELDS) {
      return this.leaveOut(window, 'bad-length', 'an interface statistics block is too short for its fields');
    }
    let dropped = 0;
    this.emitter.comments += eachOption(view, body + STATISTICS_FIELDS, end, this.littleEndian, (code, at, length) => {
      if ((code === ISB_IFDROP || code === ISB_OSDROP) && length === 8) {
        dropped += Number(view.getBigUint64(at, this.littleEndian));
      }
    });
    const id = view.getUint32(body, this.littleEndian);
    if (id < this.interfaces.length) this.interfaces[id].dropped = dropped;
  }

  private names(window: ByteWindow, body: number, end: number): void {
    const options = readNames(window.view, body, end, this.littleEndian, this.emitter.onName);
    this.emitter.comments += eachOption(window.view, options, end, this.littleEndian);
  }

  private enhancedPacket(window: ByteWindow, body: number, end: number): void {
    if (end - body < PACKET_FIELDS)
      return this.leaveOut(window, 'bad-length', 'an enhanced packet block is too short for its fields');
    this.timedPacket(window, body, end, window.view.getUint32(body, this.littleEndian));
  }

  /** The obsolete packet block (appendix A): like an enhanced one, with two bytes of interface and two of drops. */
  private packet(window: ByteWindow, body: number, end: number): void {
    if (end - body < PACKET_FIELDS)
      return this.leaveOut(window, 'bad-length', 'a packet block is too short for its fields');
    this.timedPacket(window, body, end, window.view.getUint16(body, this.littleEndian));
  }

  private timedPacket(window: ByteWindow, body: number, end: number, id: number): void {
    const { view } = window;
    const { littleEndian } = this;
    const data = body + PACKET_FIELDS;
    const captured = view.getUint32(body + 12, littleEndian);
    if (captured > end - data) {
      return this.leaveOut(
        window,
        'bad-length',
        `a packet block claims ${captured} captured bytes, but holds ${end - data}`,
      );
    }
    if (id >= this.interfaces.length) return this.unknownInterface(window, id);
    const from = this.interfaces[id];
    this.emitter.packet.interfaceId = id;
    if (from.snapLength !== 0 && captured > from.snapLength) {
      this.emitter.overSnapLength.add(window.offset, captured, from.snapLength);
    }
    const wireLength = view.getUint32(body + 16, littleEndian);
    if (captured > wireLength) this.emitter.overWireLength.add(window.offset, captured, wireLength);
    stamp(this.emitter.packet, view.getUint32(body + 4, littleEndian), view.getUint32(body + 8, littleEndian), from);
    const options = data + padded(captured);
    if (end - options >= 4) this.emitter.comments += eachOption(view, options, end, littleEndian);
    this.emit(window, from, data, captured, wireLength);
  }

  /** A simple packet has no time of its own and comes from the section's first interface. */
  private simplePacket(window: ByteWindow, body: number, end: number): void {
    if (end - body < 4) return this.leaveOut(window, 'bad-length', 'a simple packet block is too short for its length');
    if (this.interfaces.length === 0) return this.unknownInterface(window, 0);
    const wireLength = window.view.getUint32(body, this.littleEndian);
    const [from] = this.interfaces;
    this.emitter.packet.interfaceId = 0;
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

  private unknownInterface(window: ByteWindow, id: number): void {
    const described = this.interfaces.length;
    this.leaveOut(window, 'no-interface', `a packet names interface ${id}, but the section describes ${described}`);
  }

  private leaveOut(window: ByteWindow, kind: FaultKind, message: string): void {
    this.emitter.warnings.add(kind, window.offset, `${message}: left out`);
  }
}
