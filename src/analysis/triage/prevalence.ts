import type { Groups } from '../flows/group.ts';
import { couldShow } from '../flows/observed.ts';
import type { FlowColumns } from '../flows/columns.ts';
import { keyed } from '../memory/hash.ts';
import type { NetworkFacts } from './network-facts.ts';

/**
 * How many internal sources go to an address, and to a name. A name counts by itself: it is one service on many addresses,
 * and on one address of a content network there are a thousand.
 */
export class Prevalence {
  /** Internal sources, whatever they go to. */
  allHosts = 0;
  /** By address, and by name. */
  readonly ofAddress: Uint32Array;
  readonly ofName: Uint32Array;

  /**
   * @param groups connections of any grouping: all of them put flows in order of their source
   * @param isInternal 1 for an internal address, by its number
   */
  constructor(flows: FlowColumns, groups: Groups, isInternal: Uint8Array) {
    this.ofAddress = new Uint32Array(flows.addresses.length);
    this.ofName = new Uint32Array(flows.names.length);
    // The source that was counted last for an address or a name, plus one.
    const lastAtAddress = new Uint32Array(flows.addresses.length);
    const lastAtName = new Uint32Array(flows.names.length);
    let last = 0;
    for (const flow of groups.order) {
      const source = flows.source[flow];
      if (isInternal[source] === 0) continue;
      const mark = source + 1;
      if (mark !== last) this.allHosts++;
      last = mark;
      const destination = flows.destination[flow];
      if (lastAtAddress[destination] !== mark) this.ofAddress[destination]++;
      lastAtAddress[destination] = mark;
      const name = flows.name[flow];
      if (name !== 0 && lastAtName[name] !== mark) this.ofName[name]++;
      lastAtName[name] = mark;
    }
    this.addUnderWay(flows, isInternal);
  }

  /** Counts those that flows go to as going to their sources, too, where nothing tells which of both began. */
  private addUnderWay(flows: FlowColumns, isInternal: Uint8Array): void {
    const { source, destination, observed } = flows;
    const count = flows.addresses.length;
    const returned = new Set<number>();
    for (let flow = 0; flow < flows.length; flow++) {
      const isUnderWay = couldShow(observed[flow], 'packets') && !couldShow(observed[flow], 'begin');
      if (isUnderWay && isInternal[destination[flow]] === 1)
        returned.add(keyed(destination[flow] * count + source[flow]));
    }
    if (returned.size === 0) return;
    for (let flow = 0; flow < flows.length; flow++) returned.delete(keyed(source[flow] * count + destination[flow]));
    for (const pair of returned) this.ofAddress[keyed(pair) % count]++;
  }

  /** Takes over what the whole network says, where these flows are a part of it. */
  widen({ addresses, names }: FlowColumns, network: NetworkFacts): void {
    this.allHosts = network.hosts;
    for (let address = 0; address < addresses.length; address++)
      this.ofAddress[address] = network.hostsOfAddress(addresses.text(address));
    for (let name = 1; name < names.length; name++) this.ofName[name] = network.hostsOfName(names[name]);
  }
}
