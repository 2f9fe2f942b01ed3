import type { FlowColumns } from '../flows/columns.ts';
import { hasSign } from '../protocols/signs.ts';

/** A host that goes to more addresses without a name than this looks for peers, or scans. */
const MOST_ADDRESSES = 20;
const TCP = 6;

/** Which hosts look names up, and which addresses they go to all the same without one. */
export class NamelessServers {
  private readonly flows: FlowColumns;
  /** By address: 1 for a host that was told an address by DNS and went there. */
  private readonly looksUp: Uint8Array;
  /** By host: how many addresses without a name it goes to; and by host and client fingerprint. */
  private readonly addresses = new Map<number, number>();
  private readonly byClient = new Map<number, number>();

  /**
   * @param order flows so that those of one source, and of one destination among them, lie together
   * @param literals by name: 1 for an address in the place of one
   */
  constructor(flows: FlowColumns, order: Uint32Array, literals: Uint8Array, isGoing: (flow: number) => boolean) {
    this.flows = flows;
    this.looksUp = new Uint8Array(flows.addresses.length);
    const lastOf = new Map<number, number>();
    let last = -1;
    for (const flow of order) {
      if (flows.resolvedName[flow] !== 0) this.looksUp[flows.source[flow]] = 1;
      if (flows.protocol[flow] !== TCP || !isGoing(flow)) continue;
      if (flows.resolvedName[flow] !== 0 || (flows.name[flow] !== 0 && literals[flows.name[flow]] === 0)) continue;
      const source = flows.source[flow];
      const pair = source * flows.addresses.length + flows.destination[flow];
      if (pair !== last) this.addresses.set(source, (this.addresses.get(source) ?? 0) + 1);
      last = pair;
      const client = this.clientOf(flow);
      if (client < 0 || lastOf.get(client) === pair) continue;
      lastOf.set(client, pair);
      this.byClient.set(client, (this.byClient.get(client) ?? 0) + 1);
    }
  }

  /** Whether a host looks names up, and does not go to addresses without one by the dozen. */
  usesNames(source: number): boolean {
    return this.looksUp[source] === 1 && (this.addresses.get(source) ?? 0) <= MOST_ADDRESSES;
  }

  /** Other addresses without a name that the same software of a flow's host goes to; 0 where nothing tells the software. */
  others(flow: number): number {
    const client = this.clientOf(flow);
    return client < 0 ? 0 : Math.max(0, (this.byClient.get(client) ?? 0) - 1);
  }

  /** Number of the software that made a flow, by its fingerprint, or by what it calls itself in requests. */
  private clientOf(flow: number): number {
    const { source, clientFingerprint, userAgent, signs, texts } = this.flows;
    const text = clientFingerprint[flow] || (hasSign(signs[flow], 'request') ? userAgent[flow] : 0);
    return text === 0 ? -1 : source[flow] * texts.length + text;
  }
}
