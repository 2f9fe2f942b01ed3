import { columnOf } from '../memory/columns.ts';
import type { Packet } from 'pcap-ts-parser';
import { grownCapacity } from '../memory/growing-column.ts';
import type { FlowColumns } from './columns.ts';
import { FIRST, type FlowStore, PACKETS_RECEIVED, PACKETS_SENT } from './flow-store.ts';

/** Times of one flow: of its first and its last packet, in milliseconds since 1970; both 0 where nothing was noted. */
const STRIDE = 2;

/**
 * When flows began and ended by stamps that can be believed, noted from the first stray stamp of a capture on. NFStream
 * takes any stamp, and a late one stops its clock for the rest of the capture; up to there its times are these.
 */
export class SaneTimes {
  private times = new Float64Array(0);
  /** By flow: the one whose part it is to NFStream, whose clock stood still between them. */
  private readonly parts = new Map<number, number>();

  /** Whether there was a stray stamp. */
  get hasBegun(): boolean {
    return this.times.length > 0;
  }

  /**
   * Notes a packet of a flow. One with a stray stamp came between its neighbours, nobody knows when: it begins no flow
   * that has others.
   *
   * @param records the meter's, in which the packet is not counted yet
   * @param nowMs the packet's time, or that of its neighbour
   */
  note(flow: number, { misdated }: Packet, records: FlowStore['records'], nowMs: number): void {
    const at = flow * STRIDE;
    if (at >= this.times.length) {
      const grown = new Float64Array(STRIDE * grownCapacity(Math.max(1024, flow)));
      grown.set(this.times);
      this.times = grown;
    }
    const { times } = this;
    if (times[at + 1] === 0) {
      const isFirst = records.get(flow, PACKETS_SENT) + records.get(flow, PACKETS_RECEIVED) === 0;
      times[at] = isFirst ? Number.POSITIVE_INFINITY : records.get(flow, FIRST);
    }
    if (!misdated && nowMs < times[at]) times[at] = nowMs;
    times[at + 1] = nowMs;
  }

  /** Whether a flow ended before a packet that is to go on with it, though NFStream's clock stands still. */
  isOver(flow: number, nowMs: number, idleTimeoutMs: number): boolean {
    const lastMs = this.times[flow * STRIDE + 1] ?? 0;
    return lastMs !== 0 && nowMs - lastMs >= idleTimeoutMs;
  }

  /** Notes that NFStream has a flow as a part of one before, and gives it. */
  partOf(before: number, flow: number): number {
    this.parts.set(flow, this.parts.get(before) ?? before);
    return flow;
  }

  /**
   * By flow as it was emitted: the one whose part it is to NFStream, -1 for one that is its own. Null where all are.
   *
   * @param emitted by flow: the number it was noted by
   */
  partsOf(emitted: Uint32Array): Int32Array | null {
    if (this.parts.size === 0) return null;
    const ids = new Uint32Array(emitted.length);
    for (let id = 0; id < emitted.length; id++) ids[emitted[id]] = id;
    return columnOf(Int32Array, emitted, (flow) => {
      const whole = this.parts.get(flow);
      return whole === undefined ? -1 : ids[whole];
    });
  }

  /**
   * The same flows at these times.
   *
   * @param emitted by flow: the number it was noted by
   */
  applied(flows: FlowColumns, emitted: Uint32Array): FlowColumns {
    if (!this.hasBegun) return flows;
    const { times } = this;
    const firstMs = new Float64Array(flows.length);
    const durationMs = Float64Array.from(flows.durationMs);
    let originMs = Number.POSITIVE_INFINITY;
    for (let id = 0; id < flows.length; id++) {
      const at = emitted[id] * STRIDE;
      if (at < times.length && times[at + 1] !== 0) {
        // Where all stamps are stray, the neighbours' time is all there is.
        firstMs[id] = Math.min(times[at], times[at + 1]);
        durationMs[id] = times[at + 1] - firstMs[id];
      } else {
        firstMs[id] = flows.originMs + flows.sinceMs[id];
      }
      originMs = Math.min(originMs, firstMs[id]);
    }
    return { ...flows, originMs, sinceMs: firstMs.map((ms) => ms - originMs), durationMs };
  }
}
