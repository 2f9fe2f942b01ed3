import { countText, packetsText, type CaptureWarning, type Warnings } from './warnings.ts';

/** Empty records in a row from which on the rest of a hole is passed over: more than any writer leaves. */
const LONG_HOLE = 1 << 12;

/**
 * Counts records that are nothing but zeros: each reads as an empty packet of 1970, a run of them is a hole in the
 * file.
 */
export class ZeroHole {
  private readonly warnings: Warnings;
  private warning: CaptureWarning | null = null;
  private records = 0;
  private bytes = 0;

  constructor(warnings: Warnings) {
    this.warnings = warnings;
  }

  get isOpen(): boolean {
    return this.warning !== null;
  }

  /** Whether what follows of it is to be passed over. */
  get isLong(): boolean {
    return this.warning !== null && this.records >= LONG_HOLE;
  }

  /** Counts such records, `length` bytes in all, from a byte offset of the file on. */
  add(offset: number, length: number, records = 1): void {
    if (this.warning === null) {
      this.warning = this.warnings.add('zero-filled', offset, '');
      this.records = 0;
      this.bytes = 0;
    }
    this.records += records;
    this.bytes += length;
  }

  close(): void {
    if (this.warning === null) return;
    const read = `${countText(this.records)} empty packets without a time`;
    this.warning.message = `a hole of ${countText(this.bytes)} zero bytes: they read as ${read}`;
    this.warning = null;
  }
}

/** Counts packets that are longer than their interface's snap length allows: some writers leave it wrong. */
export class OverSnapLength {
  private count = 0;
  private first = { offset: 0, captured: 0, snapLength: 0 };

  /** Counts a packet at a byte offset of the file. */
  add(offset: number, captured: number, snapLength: number): void {
    if (this.count++ === 0) this.first = { offset, captured, snapLength };
  }

  /** Says in one warning how many there were. */
  settle(warnings: Warnings): void {
    if (this.count === 0) return;
    const { offset, captured, snapLength } = this.first;
    const packets = packetsText(this.count, 'is', 'are');
    const first = `first: ${countText(captured)} bytes, where it is ${countText(snapLength)}`;
    warnings.add(
      'over-snap-length',
      offset,
      `${packets} longer than the snap length allows (${first}): read all the same`,
    );
  }
}

/** Counts packets of which more is stored than was on the wire, by their own lengths: one of the two is wrong. */
export class OverWireLength {
  private count = 0;
  private first = { offset: 0, captured: 0, wire: 0 };

  /** Counts a packet at a byte offset of the file. */
  add(offset: number, captured: number, wire: number): void {
    if (this.count++ === 0) this.first = { offset, captured, wire };
  }

  /** Says in one warning how many there were. */
  settle(warnings: Warnings): void {
    if (this.count === 0) return;
    const { offset, captured, wire } = this.first;
    const packets = packetsText(this.count, 'says', 'say');
    const first = `first: ${countText(captured)} bytes of ${countText(wire)}`;
    const message = `${packets} that more was captured than was on the wire (${first}): one of the lengths is wrong`;
    warnings.add('over-wire-length', offset, `${message}, they are read all the same`);
  }
}
