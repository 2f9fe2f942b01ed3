import type { Warnings } from './warnings.ts';

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
    const packets = this.count === 1 ? '1 packet is' : `${this.count} packets are`;
    const message = `${packets} longer than the snap length allows (first: ${captured} bytes, where it is ${snapLength}): read all the same`;
    warnings.add('over-snap-length', offset, message);
  }
}
