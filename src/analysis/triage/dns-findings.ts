import type { DnsPairs } from '../dns/report.ts';
import type { FlowColumns } from '../flows/columns.ts';
import { keyed } from '../memory/hash.ts';
import { textsOf } from '../memory/text-pool.ts';

const DNS_PORT = 53;

/** What DNS says of hosts, asked by the connections that carried it. */
export class DnsFindings {
  private readonly ports: Uint16Array;
  private readonly count: number;
  /** By client: names under the domain that shows most signs of a tunnel, plus one; and by client and resolver. */
  private readonly byClient = new Map<number, number>();
  private readonly byResolver = new Map<number, number>();
  private readonly generators = new Map<number, number>();

  constructor(pairs: DnsPairs, { addresses, destinationPort }: FlowColumns) {
    this.ports = destinationPort;
    this.count = addresses.length;
    const clients = textsOf(pairs.addresses);
    const { generators } = pairs;
    if (pairs.tunnels === 0 && generators.length === 0) return;
    // Of the addresses that DNS says something of, and no others: a flood has millions.
    const wanted = new Set(clients);
    const numbers = new Map<string, number>();
    addresses.forEach((address, number) => {
      if (wanted.has(address)) numbers.set(address, number);
    });
    const numberOf = (place: number): number => numbers.get(clients[place]) ?? -1;
    for (const { client, names } of generators) this.generators.set(numberOf(client), names);
    for (let row = 0; row < pairs.length; row++) {
      if (pairs.rules[row] === 0) continue;
      const client = numberOf(pairs.client[row]);
      const names = pairs.subdomains[row] + 1;
      const resolver = pairs.resolver[row] === 0 ? null : numberOf(pairs.resolver[row] - 1);
      if (resolver === null) this.byClient.set(client, Math.max(names, this.byClient.get(client) ?? 0));
      else if (client >= 0 && resolver >= 0) this.byResolver.set(this.pairOf(client, resolver), names);
    }
  }

  /** Different names of a tunnel that goes through such flows as this from a client to a resolver; 0 for none. */
  tunnelled(client: number, resolver: number, flow: number): number {
    if (this.ports[flow] !== DNS_PORT || (this.byClient.size === 0 && this.byResolver.size === 0)) return 0;
    return this.byResolver.get(this.pairOf(client, resolver)) ?? this.byClient.get(client) ?? 0;
  }

  /** Names that do not exist and look random, asked for through such flows as this. */
  generated(client: number, flow: number): number {
    return this.ports[flow] === DNS_PORT ? (this.generators.get(client) ?? 0) : 0;
  }

  private pairOf(client: number, resolver: number): number {
    return keyed(client * this.count + resolver);
  }
}
