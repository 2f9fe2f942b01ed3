import type { ByteWindow } from './byte-window.ts';
import { type Container, LONGEST_PACKET } from './container.ts';
import type { Emitter } from './emitter.ts';
import { CaptureError } from './errors.ts';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;

/** Records up to this length are taken even where the header's snap length is smaller: some writers leave it wrong. */
const LARGEST_SNAP_LENGTH = 262_144;

/** Classic pcap (draft-ietf-opsawg-pcap): a header of 24 bytes, then records of a 16-byte header and the packet. */
export class PcapContainer implements Container {
  readonly format = 'pcap';
  private readonly emitter: Emitter;
  private readonly littleEndian: boolean;
  private readonly nanosecondsPerUnit: number;
  private limit = 0;
  private linkType = -1;

  /** `littleEndian` and `nanoseconds` are what the magic number says. */
  constructor(emitter: Emitter, littleEndian: boolean, nanoseconds: boolean) {
    this.emitter = emitter;
    this.littleEndian = littleEndian;
    this.nanosecondsPerUnit = nanoseconds ? 1 : 1000;
  }

  decode(window: ByteWindow): number {
    if (this.linkType < 0) {
      if (window.end - window.start < FILE_HEADER) return FILE_HEADER;
      this.fileHeader(window);
    }
    return this.records(window);
  }

  takeSkip(): number {
    return 0;
  }

  cut(window: ByteWindow): never {
    const left = window.end - window.start;
    if (this.linkType < 0) {
      throw new CaptureError('cut-header', window.offset, `the file ends after ${left} of the header's 24 bytes`);
    }
    if (left < RECORD_HEADER) {
      throw new CaptureError('cut-record', window.offset, `the file ends after ${left} bytes of a record's 16-byte header`);
    }
    const length = window.view.getUint32(window.start + 8, this.littleEndian);
    throw new CaptureError(
      'cut-record', window.offset, `the file ends after ${left - RECORD_HEADER} of a packet's ${length} bytes`,
    );
  }

  private fileHeader(window: ByteWindow): void {
    const snapLength = window.view.getUint32(window.start + 16, this.littleEndian);
    this.limit = Math.max(LARGEST_SNAP_LENGTH, Math.min(snapLength, LONGEST_PACKET));
    // The upper bits say whether frames end in a check sequence; the link type is in the lower 16.
    this.linkType = window.view.getUint32(window.start + 20, this.littleEndian) & 0xffff;
    this.emitter.linkTypes.add(this.linkType);
    window.start += FILE_HEADER;
  }

  private records(window: ByteWindow): number {
    const { view, end } = window;
    const { emitter, littleEndian, nanosecondsPerUnit, limit } = this;
    const { packet } = emitter;
    packet.bytes = window.bytes;
    packet.linkType = this.linkType;
    let at = window.start;
    let wanted = RECORD_HEADER;
    while (end - at >= RECORD_HEADER) {
      const captured = view.getUint32(at + 8, littleEndian);
      if (captured > limit) {
        window.start = at;
        throw new CaptureError(
          'bad-length', window.offset, `a record claims ${captured} captured bytes, more than the ${limit} a packet can have`,
        );
      }
      wanted = RECORD_HEADER + captured;
      if (end - at < wanted) break;
      const fraction = view.getUint32(at + 4, littleEndian) * nanosecondsPerUnit;
      packet.seconds = view.getUint32(at, littleEndian);
      packet.nanoseconds = fraction;
      if (fraction >= 1e9) carry(packet);
      packet.fileOffset = window.offsetOf(at);
      packet.start = at + RECORD_HEADER;
      packet.capturedLength = captured;
      packet.wireLength = view.getUint32(at + 12, littleEndian);
      at += wanted;
      wanted = RECORD_HEADER;
      emitter.emit();
    }
    window.start = at;
    return wanted;
  }
}

/** Some writers leave more than a second in the fraction; the time they mean is the sum. */
function carry(time: { seconds: number; nanoseconds: number }): void {
  time.seconds += Math.floor(time.nanoseconds / 1e9);
  time.nanoseconds %= 1e9;
}
