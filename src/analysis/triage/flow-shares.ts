import type { ByteCounts, FlowColumns } from '../flows/columns.ts';
import { median, medianAbsoluteDeviation, sortAscending } from '../scores/statistics.ts';
import { isAddressLiteral } from './names/name-text.ts';

const TCP = 6;
/** Payload bytes up to which a flow said nothing. */
const NO_DATA_BYTES = 20;

/** Shares of a connection's flows, and how much their sizes differ; one lives as long as a table is built. */
export class FlowShares {
  named = 0;
  literal = 0;
  failed = 0;
  data = 0;
  private readonly flows: FlowColumns;
  /** By name: 1 for an address in the place of one. */
  private readonly literals: Uint8Array;
  private readonly sizes: Float64Array;

  /** @param longest flows of the largest connection that will come */
  constructor(flows: FlowColumns, longest: number) {
    this.flows = flows;
    this.literals = Uint8Array.from(flows.names, (name) => (isAddressLiteral(name) ? 1 : 0));
    this.sizes = new Float64Array(longest);
  }

  /** Looks at some flows, at least one. */
  count(members: Uint32Array): void {
    const { name, payloadSent, payloadReceived } = this.flows;
    let named = 0;
    let literal = 0;
    let failed = 0;
    let data = 0;
    for (const flow of members) {
      if (name[flow] !== 0) named++;
      literal += this.literals[name[flow]];
      if (payloadSent[flow] > NO_DATA_BYTES && payloadReceived[flow] > NO_DATA_BYTES) data++;
      if (this.hasFailed(flow)) failed++;
    }
    this.named = named / members.length;
    this.literal = named === 0 ? 0 : literal / named;
    this.failed = failed / members.length;
    this.data = data / members.length;
  }

  /** MAD over median of the bytes of some flows, in the direction that `bytes` has; of sizes of nothing, 0 or 1. */
  spread(members: Uint32Array, bytes: ByteCounts): number {
    const sizes = this.sizes.subarray(0, members.length);
    for (let index = 0; index < members.length; index++) sizes[index] = bytes[members[index]];
    sortAscending(sizes);
    const deviation = medianAbsoluteDeviation(sizes);
    const middle = median(sizes);
    return middle > 0 ? deviation / middle : Math.sign(deviation);
  }

  /** No answer; or one of TCP that carried nothing either way and did no more than turn the request down. */
  private hasFailed(flow: number): boolean {
    const { protocol, packetsSent, packetsReceived, payloadSent, payloadReceived } = this.flows;
    if (packetsReceived[flow] === 0) return true;
    return (
      protocol[flow] === TCP &&
      payloadSent[flow] === 0 &&
      payloadReceived[flow] === 0 &&
      packetsReceived[flow] <= packetsSent[flow]
    );
  }
}
