import type { ByteWindow } from './byte-window.ts';
import { type Container, type Fit, LONGEST_PACKET } from './container.ts';
import type { Emitter } from './emitter.ts';
import { CaptureError } from './errors.ts';
import { beginsJoined, MAJOR_VERSION } from './magic.ts';
import {
  areNanoseconds,
  behindZeros,
  carry,
  FARTHEST,
  FIT_BYTES,
  fitRecords,
  type RecordFormat,
  recordsWithin,
  mayBeHeader,
  UNITS_BYTES,
} from './pcap-records.ts';
import { Gap } from './warnings.ts';
import { ZeroHole } from './counted-faults.ts';

const [FILE_HEADER, RECORD_HEADER] = [24, 16];
/**
 * Alexey Kuznetzov's libpcap patch adds interface, protocol and packet type to a record's header; the form that SuSE
 * Linux 6.3 shipped has four bytes more, under the same magic number.
 */
const MODIFIED_RECORD_HEADER = 24;
const SUSE_RECORD_HEADER = 28;

/**
 * Records taken in one go. A loop over a whole chunk would be compiled while it runs and thrown away where it ends,
 * chunk after chunk; many short ones are compiled once.
 */
const RUN = 256;

/** Records up to this length are taken even where the header's snap length is smaller: some writers leave it wrong. */
const LARGEST_SNAP_LENGTH = 262_144;

const MINOR_VERSION = 4;
/** Link-type field: 16 bits of type, and above them 4 bits of FCS length with a bit that says it is given; the rest is reserved. */
const RESERVED_BITS = 0x0bff_0000;

/** Classic pcap (draft-ietf-opsawg-pcap): a header of 24 bytes, then records of a header and the packet. */
export class PcapContainer implements Container {
  readonly format = 'pcap';
  isBehind = false;
  private readonly emitter: Emitter;
  private readonly records: RecordFormat;
  private readonly saysNanoseconds: boolean;
  private nanosecondsPerUnit: number;
  private readonly hole: ZeroHole;
  private headerKnown: boolean;
  /** Whether it is known what fractions of a second are counted in: some files of nanoseconds say microseconds. */
  private unitsKnown = false;
  /** Longest record that is taken, and longest by the snap length. */
  private limit = 0;
  private snapLength = 0;
  private linkType = -1;
  private gap: Gap | null = null;

  /** All three are what the magic number says. */
  constructor(emitter: Emitter, littleEndian: boolean, nanoseconds: boolean, modified: boolean) {
    this.emitter = emitter;
    this.records = {
      littleEndian,
      headerLength: modified ? MODIFIED_RECORD_HEADER : RECORD_HEADER,
      unitsPerSecond: nanoseconds ? 1e9 : 1e6,
    };
    this.saysNanoseconds = nanoseconds;
    this.headerKnown = !modified;
    this.nanosecondsPerUnit = nanoseconds ? 1 : 1000;
    this.hole = new ZeroHole(emitter.warnings);
  }

  decode(window: ByteWindow, final: boolean): number {
    if (this.linkType < 0) {
      if (window.end - window.start < FILE_HEADER) return FILE_HEADER;
      this.fileHeader(window);
    }
    if (!this.headerKnown && !this.chooseHeader(window, final)) return FIT_BYTES;
    for (;;) {
      if (!this.unitsKnown && !this.chooseUnits(window, final)) return UNITS_BYTES;
      if (this.gap !== null && !this.search(window, final)) return FIT_BYTES;
      const wanted = this.takeRecords(window, final);
      if (this.isBehind || wanted > 0) return wanted;
    }
  }

  takeSkip = (): number => 0;

  cut(window: ByteWindow): never {
    const left = window.end - window.start;
    const { headerLength, littleEndian } = this.records;
    if (this.linkType < 0) {
      throw new CaptureError('cut-header', window.offset, `the file ends after ${left} of the header's 24 bytes`);
    }
    if (left < headerLength) {
      throw new CaptureError(
        'cut-record',
        window.offset,
        `the file ends after ${left} bytes of a record's ${headerLength}-byte header`,
      );
    }
    const length = window.view.getUint32(window.start + 8, littleEndian);
    throw new CaptureError(
      'cut-record',
      window.offset,
      `the file ends after ${left - headerLength} of a packet's ${length} bytes`,
    );
  }

  settle(end: number): void {
    this.hole.close();
    this.gap?.close(null, end, 'record');
    this.gap = null;
  }

  private fileHeader(window: ByteWindow): void {
    const { view, start } = window;
    const { littleEndian } = this.records;
    const { warnings } = this.emitter;
    const [major, minor] = [4, 6].map((at) => view.getUint16(start + at, littleEndian));
    if (major !== MAJOR_VERSION || minor > MINOR_VERSION) {
      const offset = window.offsetOf(start + 4);
      warnings.add('unknown-version', offset, `the header says version ${major}.${minor}: it is read like 2.4`);
    }
    const snapLength = view.getUint32(start + 16, littleEndian);
    this.limit = Math.max(LARGEST_SNAP_LENGTH, Math.min(snapLength, LONGEST_PACKET));
    this.snapLength = snapLength === 0 ? this.limit : Math.min(snapLength, this.limit);
    const field = view.getUint32(start + 20, littleEndian);
    if ((field & RESERVED_BITS) !== 0) {
      const offset = window.offsetOf(start + 20);
      warnings.add(
        'reserved-bits',
        offset,
        `reserved bits are set beside the link type (0x${field.toString(16)}): they are ignored`,
      );
    }
    this.linkType = field & 0xffff;
    this.emitter.linkTypes.add(this.linkType);
    window.start += FILE_HEADER;
  }

  /** Returns false where the bytes at hand do not decide yet. */
  private chooseHeader(window: ByteWindow, final: boolean): boolean {
    for (const headerLength of [MODIFIED_RECORD_HEADER, SUSE_RECORD_HEADER]) {
      const format = { ...this.records, headerLength };
      const fit = fitRecords(window.view, window.start, window.end, final ? 'whole' : 'more', format, Infinity);
      if (fit === 'unknown') return false;
      if (fit === 'fits') {
        this.records.headerLength = headerLength;
        break;
      }
    }
    this.headerKnown = true;
    return true;
  }

  /** Returns false where the bytes at hand do not decide yet. */
  private chooseUnits(window: ByteWindow, final: boolean): boolean {
    if (this.saysNanoseconds) return (this.unitsKnown = true);
    [this.records.unitsPerSecond, this.nanosecondsPerUnit] = [1e6, 1000];
    const areThousandths = areNanoseconds(window.view, window.start, window.end, final, this.records);
    if (areThousandths === null) return false;
    if (areThousandths) {
      const message =
        'the header says microseconds, but the fractions are more than a second of them: read as nanoseconds';
      this.emitter.warnings.add('nanosecond-fractions', window.offset, message);
      this.records.unitsPerSecond = 1e9;
      this.nanosecondsPerUnit = 1;
    }
    return (this.unitsKnown = true);
  }

  /**
   * Takes whole records; returns how many bytes the next one needs, or 0 where it is to be called again: there are more
   * than it takes in one go, or the next record has to be searched for.
   */
  private takeRecords(window: ByteWindow, final: boolean): number {
    const { view, end } = window;
    const { emitter, nanosecondsPerUnit, snapLength, hole } = this;
    const { littleEndian, headerLength } = this.records;
    const { packet } = emitter;
    packet.bytes = window.bytes;
    packet.linkType = this.linkType;
    packet.interfaceId = 0;
    let at = window.start;
    let wanted = headerLength;
    for (let taken = 0; end - at >= headerLength; taken++) {
      if (taken === RUN) {
        window.start = at;
        return 0;
      }
      const captured = view.getUint32(at + 8, littleEndian);
      const wireLength = view.getUint32(at + 12, littleEndian);
      wanted = headerLength + captured;
      if ((captured === 0 || captured > wireLength || captured > snapLength) && beginsJoined(view, at)) {
        window.start = at;
        this.isBehind = true;
        return wanted;
      }
      if (captured > snapLength || captured > wireLength) {
        window.start = at;
        const verdict = this.judgeLong(window, captured, wireLength, final);
        if (verdict !== 'fits') return verdict === 'differs' ? 0 : wanted + FIT_BYTES;
      }
      const left = end - at - wanted;
      if (left < headerLength && !final) {
        if (left >= 0) wanted += headerLength;
        break;
      }
      // Lengths that are both damaged are seen by what follows.
      let length = captured;
      if (captured > 0 && this.isDoubtful(view, at + wanted, left)) {
        window.start = at;
        const before = this.lengthBefore(window, captured, final);
        if (typeof before === 'string') return before === 'differs' ? 0 : wanted + FIT_BYTES;
        if (left < 0 && before === captured) break;
        length = before;
        wanted = headerLength + length;
      }
      const fraction = view.getUint32(at + 4, littleEndian) * nanosecondsPerUnit;
      packet.seconds = view.getUint32(at, littleEndian);
      packet.nanoseconds = fraction;
      packet.wireLength = length === captured ? wireLength : length;
      packet.timed = captured !== 0 || packet.seconds !== 0 || packet.wireLength !== 0 || fraction !== 0;
      if (packet.timed) {
        if (hole.isOpen) hole.close();
      } else if (hole.isLong) {
        window.start = at;
        at = this.passZeros(window);
        wanted = headerLength;
        continue;
      } else hole.add(window.offsetOf(at), headerLength);
      if (fraction >= 1e9) carry(packet);
      packet.fileOffset = window.offsetOf(at);
      packet.start = at + headerLength;
      packet.capturedLength = length;
      at += wanted;
      wanted = headerLength;
      emitter.emit();
    }
    window.start = at;
    return wanted;
  }

  /**
   * Passes over what is left of a long hole from the window's start on, and returns where it ends: its records count as
   * packets, but nobody is given them, for a sparse file is zeros by the gigabyte. No packet waits for its stamp to be
   * judged by then: that takes a few more, and these were many.
   */
  private passZeros({ view, start, end, offset }: ByteWindow): number {
    const { headerLength } = this.records;
    const zeros = behindZeros(view, start, end) - start;
    const records = Math.max(1, Math.floor(zeros / headerLength));
    this.hole.add(offset, records * headerLength, records);
    this.emitter.packet.number += records;
    return start + records * headerLength;
  }

  /** Whether a record's lengths may be damaged, by what lies behind it, `left` bytes before the file's end. */
  private isDoubtful(view: DataView, next: number, left: number): boolean {
    if (left < this.records.headerLength) return left < 0;
    return !mayBeHeader(view, next, this.records, this.snapLength);
  }

  /** How many bytes the packet of a doubtful record at the window's start has; "differs" where it is none. */
  private lengthBefore(window: ByteWindow, captured: number, final: boolean): number | 'unknown' | 'differs' {
    const { headerLength } = this.records;
    const within = recordsWithin(window.view, window.start, window.end, final, this.records);
    if (within === 'unknown') return within;
    if (within === null) return captured;
    const length = within - window.start - headerLength;
    const end = length < 0 ? '' : ': it is read up to the first';
    const message = `a record claims ${captured} captured bytes, but others lie in them${end}`;
    const warning = this.emitter.warnings.add('bad-length', window.offset, message);
    if (length >= 0) return length;
    this.gap = new Gap(warning, window.offset);
    return 'differs';
  }

  /**
   * What becomes of the record at the window's start, which is longer than the snap length allows or than what was on
   * the wire: given up where it is longer than any, or where it swallowed other records, else taken, for some writers
   * leave these lengths wrong.
   */
  private judgeLong(window: ByteWindow, captured: number, wireLength: number, final: boolean): Fit {
    const { offset } = window;
    const { emitter, limit, snapLength } = this;
    let most = `${limit} a packet can have`;
    if (captured <= limit) {
      const within = recordsWithin(window.view, window.start, window.end, final, this.records);
      let fit: Fit = typeof within === 'number' ? 'fits' : (within ?? 'differs');
      if (fit === 'differs' && captured > wireLength) {
        // One that swallowed whole records is followed by another; were it as long as on the wire, the first would follow.
        const next = window.start + this.records.headerLength + wireLength;
        fit = fitRecords(window.view, next, window.end, final ? 'cut' : 'more', this.records, FARTHEST);
      }
      if (fit === 'unknown') return 'unknown';
      if (fit === 'differs') {
        if (window.end - window.start >= this.records.headerLength + captured) {
          if (captured > snapLength) emitter.overSnapLength.add(offset, captured, snapLength);
          if (captured > wireLength) emitter.overWireLength.add(offset, captured, wireLength);
        }
        return 'fits';
      }
      const allowed = captured > snapLength ? `snap length of ${snapLength}` : `${wireLength} on the wire`;
      most = `${allowed}, and other records lie in them`;
    }
    const message = `a record claims ${captured} captured bytes, more than the ${most}`;
    this.gap = new Gap(emitter.warnings.add('bad-length', offset, message), offset);
    return 'differs';
  }

  /** Moves the window to the next place where records fit. Returns false where more bytes are needed, or there are none. */
  private search(window: ByteWindow, final: boolean): boolean {
    const { view, end } = window;
    const chainEnd = final ? 'cut' : 'more';
    let at = window.start;
    let fit = fitRecords(view, at, end, chainEnd, this.records, FARTHEST);
    while (fit === 'differs' && at < end) {
      at++;
      fit = fitRecords(view, at, end, chainEnd, this.records, FARTHEST);
    }
    window.start = at;
    if (fit !== 'fits') return false;
    this.gap?.close(window.offset, window.offset, 'record');
    this.gap = null;
    return true;
  }
}
