import { CONTINUED, type FlowColumns } from '../flows/columns.ts';
import { sortAscending } from '../scores/statistics.ts';

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
export class MergedFlows {
  readonly flows: FlowColumns;
  /** IP bytes that the source of each flow sent, in all its pieces; of no meaning for a flow that is a later piece. */
  readonly bytesSent: FlowColumns['bytesSent'];

  constructor(flows: FlowColumns) {
    this.flows = flows;
    this.bytesSent = joinedBytes(flows);
  }

  /**
   * Writes flows into `target` in order of start, those that start together in order of emission. `work` has room for a
   * number for each of them.
   */
  inOrder(members: Uint32Array, target: Uint32Array, work: Float64Array): void {
    const { sinceMs } = this.flows;
    let sorted = true;
    let earliestMs = Number.POSITIVE_INFINITY;
    let latestMs = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < members.length; index++) {
      const ms = sinceMs[members[index]];
      target[index] = members[index];
      if (ms < latestMs) sorted = false;
      else latestMs = ms;
      if (ms < earliestMs) earliestMs = ms;
    }
    if (sorted) return;
    const isExact = (latestMs - earliestMs + 1) * members.length <= Number.MAX_SAFE_INTEGER;
    if (isExact) sortByKey(members, sinceMs, earliestMs, { target, work });
    else target.subarray(0, members.length).sort((a, b) => sinceMs[a] - sinceMs[b] || a - b);
  }
}

/**
 * The same as sorting by start and then by place, with one number for both: numbers are sorted many times faster than
 * places by what is looked up for them.
 */
function sortByKey(
  members: Uint32Array,
  sinceMs: FlowColumns['sinceMs'],
  earliestMs: number,
  { target, work }: { target: Uint32Array; work: Float64Array },
): void {
  const count = members.length;
  const keys = work.subarray(0, count);
  for (let index = 0; index < count; index++) keys[index] = (sinceMs[members[index]] - earliestMs) * count + index;
  sortAscending(keys);
  for (let index = 0; index < count; index++) target[index] = members[keys[index] % count];
}

function joinedBytes({
  length,
  begin,
  firstPiece,
  source,
  sourcePort,
  ipBytesSent,
  ipBytesReceived,
}: FlowColumns): FlowColumns['bytesSent'] {
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
