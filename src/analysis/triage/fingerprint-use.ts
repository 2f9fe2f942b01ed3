import type { Groups } from '../flows/group.ts';
import type { FlowColumns } from '../flows/columns.ts';
import { NumberTable } from '../memory/number-table.ts';

const MANY = -1;

/** Which client fingerprints a host uses towards one destination alone: another program than its others made them. */
export class FingerprintUse {
  private readonly flows: FlowColumns;
  /** Fingerprints of hosts; and by their numbers the destination of each, `MANY` for several. */
  private readonly fingerprints = new NumberTable();
  private readonly destinations: number[] = [];
  /** By host: how many fingerprints it has. */
  private readonly counts: Uint32Array;

  constructor(flows: FlowColumns, groups: Groups) {
    this.flows = flows;
    this.counts = new Uint32Array(flows.addresses.length);
    let lastKey = -1;
    let lastDestination = -1;
    for (const flow of groups.order) {
      if (flows.clientFingerprint[flow] === 0) continue;
      const key = this.keyOf(flow);
      const destination = flows.destination[flow];
      if (key === lastKey && destination === lastDestination) continue;
      lastKey = key;
      lastDestination = destination;
      const number = this.fingerprints.numberOf(key);
      if (number === this.destinations.length) {
        this.counts[flows.source[flow]]++;
        this.destinations.push(destination);
      } else if (this.destinations[number] !== destination) this.destinations[number] = MANY;
    }
  }

  /** Whether any of these flows carries a fingerprint that its host, which has others, uses nowhere else. */
  isOwn(members: Uint32Array): boolean {
    const { clientFingerprint, source } = this.flows;
    return members.some((flow) => {
      return (
        clientFingerprint[flow] !== 0 &&
        this.counts[source[flow]] > 1 &&
        this.destinations[this.fingerprints.find(this.keyOf(flow))] !== MANY
      );
    });
  }

  private keyOf(flow: number): number {
    return this.flows.source[flow] * this.flows.texts.length + this.flows.clientFingerprint[flow];
  }
}
