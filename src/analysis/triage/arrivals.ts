import { columnOf } from '../memory/columns.ts';
import { firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { isUnderWay } from '../flows/observed.ts';
import { NumberTable } from '../memory/number-table.ts';
import { sortAscending } from '../scores/statistics.ts';

/** Who connects has looked up the name this long before at most, if not for an earlier connection. */
const LOOKED_UP_MS = 2000;
/** A pause may be so many times as long as the longest that was seen. */
const LONG_PAUSE = 2;
/** A SYN that nobody answers is sent again so long after the first one, in all: it may be that of an earlier look-up. */
const TRIED_MS = 64_000;

/** Which connections began while something was captured: what led to others, a look-up for one, may lie before. */
export class Arrivals {
  private readonly flows: FlowColumns;
  private readonly captureFirstMs: number;
  /** Pairs of hosts that talked before the capture began. */
  private readonly before = new NumberTable();

  /** @param captureFirstMs when the first flow of all began, in milliseconds since 1970 */
  constructor(flows: FlowColumns, captureFirstMs: number) {
    this.flows = flows;
    this.captureFirstMs = captureFirstMs;
    for (let flow = 0; flow < flows.length; flow++) {
      if (isUnderWay(flows, flow)) this.before.numberOf(this.pairOf(flow));
    }
  }

  /**
   * Whether some flows began later than with the capture, and than after what could be one more of the pauses between them.
   *
   * @param firstMs when the first of them began
   */
  isInside(members: Uint32Array, firstMs: number): boolean {
    if (this.before.find(this.pairOf(members[0])) >= 0) return false;
    const beforeMs = firstMs - this.captureFirstMs;
    const isTried = this.flows.failed[members[0]] === 1;
    return beforeMs >= (isTried ? TRIED_MS : LOOKED_UP_MS) && beforeMs > LONG_PAUSE * this.longestPauseMs(members);
  }

  /** The longest time from the start of one of some flows to that of the next. */
  private longestPauseMs(members: Uint32Array): number {
    if (members.length === 1) return 0;
    const starts = columnOf(Float64Array, members, (flow) => firstMsOf(this.flows, flow));
    sortAscending(starts);
    let longest = 0;
    for (let place = 1; place < starts.length; place++) longest = Math.max(longest, starts[place] - starts[place - 1]);
    return longest;
  }

  /** A number for the two hosts of a flow, whichever of them began it. */
  private pairOf(flow: number): number {
    const { source, destination, addresses } = this.flows;
    const [low, high] = [Math.min(source[flow], destination[flow]), Math.max(source[flow], destination[flow])];
    return low * addresses.length + high;
  }
}
