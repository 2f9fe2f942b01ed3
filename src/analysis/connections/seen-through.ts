import { type ByteCounts, CONTINUED, type FlowColumns } from '../flows/columns.ts';
import { RadixOrder } from './radix.ts';

/**
 * Flows as somebody behind the flow meter's timeouts would see them: what RITA and rhythm are fed.
 *
 * A flow that the active timeout cut and that went on is one flow, with the start of its first piece and the bytes of
 * all: or every long download would be a beacon of 1,800 s. The next packet after a cut may be the server's, and makes
 * it the source of the piece that follows, which the notebook then counts to the connection the other way round. Nobody
 * began anything there: such a piece is no check-in of either connection, and what it carried from the end that began
 * its first piece is added to that one.
 *
 * A TCP connection that the idle timeout cut and that went on without a handshake is a check-in: a session that speaks
 * up now and then is what a beacon may look like. It belongs to the connection of the end that spoke up.
 */
export class SeenThrough {
  readonly flows: FlowColumns;
  /** IP bytes that the source of each flow sent, in all its pieces; of no meaning for a flow that is a later piece. */
  readonly bytesSent: ByteCounts;
  /** All flows in order of start, and each flow's place there; made when a connection first needs them. */
  private starts: { order: Uint32Array; ranks: Uint32Array } | null = null;

  constructor(flows: FlowColumns) {
    this.flows = flows;
    this.bytesSent = joinedBytes(flows);
  }

  /** Writes flows into `target` in order of start, those that start together in order of emission. */
  inOrder(members: Uint32Array, target: Uint32Array): void {
    const { firstMs } = this.flows;
    let sorted = true;
    for (let index = 0; index < members.length; index++) {
      target[index] = members[index];
      if (index > 0 && firstMs[members[index]] < firstMs[members[index - 1]]) sorted = false;
    }
    if (sorted) return;
    const { order, ranks } = (this.starts ??= startsOf(this.flows));
    for (let index = 0; index < members.length; index++) target[index] = ranks[members[index]];
    target.subarray(0, members.length).sort();
    for (let index = 0; index < members.length; index++) target[index] = order[target[index]];
  }
}

function startsOf(flows: FlowColumns): { order: Uint32Array; ranks: Uint32Array } {
  const order = orderOfStarts(flows);
  const ranks = new Uint32Array(flows.length);
  for (let rank = 0; rank < order.length; rank++) ranks[order[rank]] = rank;
  return { order, ranks };
}

function joinedBytes({ length, begin, firstPiece, source, sourcePort, ipBytesSent, ipBytesReceived }: FlowColumns): ByteCounts {
  if (!begin.includes(CONTINUED)) return ipBytesSent;
  const joined = new Float64Array(ipBytesSent);
  for (let flow = 0; flow < length; flow++) {
    if (begin[flow] !== CONTINUED) continue;
    const first = firstPiece[flow];
    const sameWay = source[flow] === source[first] && sourcePort[flow] === sourcePort[first];
    joined[first] += sameWay ? ipBytesSent[flow] : ipBytesReceived[flow];
  }
  return joined;
}

/** All flows by start, then by order of emission. */
function orderOfStarts({ length, firstMs }: FlowColumns): Uint32Array {
  const earliestMs = firstMs.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY);
  const low = new Uint32Array(length);
  const high = new Uint32Array(length);
  let lowBits = 0;
  let highest = 0;
  for (let flow = 0; flow < length; flow++) {
    const sinceMs = firstMs[flow] - earliestMs;
    high[flow] = Math.floor(sinceMs / 2 ** 32);
    low[flow] = sinceMs % 2 ** 32;
    lowBits |= low[flow];
    highest = Math.max(highest, high[flow]);
  }
  const radix = new RadixOrder(length);
  radix.sortBy(low, lowBits >>> 0);
  radix.sortBy(high, highest);
  return radix.order;
}
