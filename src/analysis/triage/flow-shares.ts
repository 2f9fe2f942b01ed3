import { columnOf } from '../memory/columns.ts';
import { PROTOCOL_TCP } from 'pcap-ts-parser';
import { type FlowColumns, FRESH } from '../flows/columns.ts';
import { couldShow, OBSERVED, type Observed } from '../flows/observed.ts';
import { median, medianAbsoluteDeviation, sortAscending } from '../scores/statistics.ts';
import { isAddressLiteral } from '../lists/name-text.ts';

/** Payload bytes up to which a flow said nothing. */
const NO_DATA_BYTES = 20;

/** Shares of a connection's flows, and how much their sizes differ; one lives as long as a table is built. */
export class FlowShares {
  named = 0;
  literal = 0;
  failed = 0;
  data = 0;
  /** Bits of `OBSERVED`: what at least half of them could show. */
  observed = 0;
  /** By bit: how many of them could show it. */
  private readonly able = new Float64Array(Object.keys(OBSERVED).length);
  private readonly flows: FlowColumns;
  /** By name: 1 for an address in the place of one. */
  private readonly literals: Uint8Array;
  private readonly sizes: Float64Array;

  /** @param longest flows of the largest connection that will come */
  constructor(flows: FlowColumns, longest: number) {
    this.flows = flows;
    this.literals = columnOf(Uint8Array, flows.names, (name) => (isAddressLiteral(name) ? 1 : 0));
    this.sizes = new Float64Array(longest);
  }

  /** Looks at some flows, at least one. A share is one of those flows that could show it. */
  count(members: Uint32Array): void {
    const { name, payloadSent, payloadReceived } = this.flows;
    const { able } = this;
    able.fill(0);
    let named = 0;
    let literal = 0;
    let failed = 0;
    let data = 0;
    for (const flow of members) {
      const hasData = payloadSent[flow] > NO_DATA_BYTES && payloadReceived[flow] > NO_DATA_BYTES;
      let bits = this.observedOf(flow, hasData);
      if (name[flow] !== 0) bits |= OBSERVED.names;
      for (let place = 0; place < able.length; place++) able[place] += (bits >> place) & 1;
      if (name[flow] !== 0) named++;
      literal += this.literals[name[flow]];
      if (hasData) data++;
      if (this.hasFailed(flow)) failed++;
    }
    this.named = share(named, this.ableTo('names'));
    this.literal = share(literal, named);
    this.failed = share(failed, this.ableTo('answers'));
    this.data = share(data, this.ableTo('payload'));
    this.observed = 0;
    for (let place = 0; place < able.length; place++) {
      if (2 * able[place] >= members.length) this.observed |= 1 << place;
    }
  }

  /** MAD over median of the bytes of some flows, in the direction that `bytes` has; of sizes of nothing, 0 or 1. */
  spread(members: Uint32Array, bytes: FlowColumns['bytesSent']): number {
    if (members.length === 1) return 0;
    const sizes = this.sizes.subarray(0, members.length);
    for (let index = 0; index < members.length; index++) sizes[index] = bytes[members[index]];
    sortAscending(sizes);
    const deviation = medianAbsoluteDeviation(sizes);
    const middle = median(sizes);
    return middle > 0 ? deviation / middle : Math.sign(deviation);
  }

  /** What a flow could show. The end of one that began before the capture has no data to show, whatever it had before. */
  private observedOf(flow: number, hasData: boolean): number {
    const { protocol, begin, observed } = this.flows;
    const bits = observed[flow];
    if (hasData || protocol[flow] !== PROTOCOL_TCP || begin[flow] !== FRESH) return bits;
    return couldShow(bits, 'packets') && !couldShow(bits, 'begin') ? bits & ~OBSERVED.payload : bits;
  }

  private ableTo(what: Observed): number {
    return this.able[31 - Math.clz32(OBSERVED[what])];
  }

  /** A TCP connection that never came about, or another request without an answer. */
  private hasFailed(flow: number): boolean {
    const { protocol, packetsReceived, failed, observed } = this.flows;
    if (protocol[flow] === PROTOCOL_TCP) return failed[flow] === 1;
    return packetsReceived[flow] === 0 && couldShow(observed[flow], 'answers');
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1, part / whole);
}
