import type { DnsPairs } from '../dns/report.ts';
import type { FlowColumns } from '../flows/columns.ts';
import { keyed } from '../memory/hash.ts';
import { type TextPool, textsOf } from '../memory/text-pool.ts';

const DNS_PORT = 53;

/** What a client tunnels through. */
export interface Tunnel {
  /** Different names, plus one; 0 for no tunnel. */
  names: number;
  /** Index of the domain that they are under in the texts of the findings; of '' for a tunnel without one. */
  domain: number;
}

const NO_TUNNEL: Tunnel = { names: 0, domain: 0 };

/** What DNS says of hosts, asked by the connections that carried it. */
export class DnsFindings {
  private readonly ports: Uint16Array;
  private readonly count: number;
  /** Texts that `Tunnel.domain` numbers. */
  readonly texts: TextPool;
  /** By client: the tunnel of most names; and by client and resolver. */
  private readonly byClient = new Map<number, Tunnel>();
  private readonly byResolver = new Map<number, Tunnel>();
  private readonly generators = new Map<number, number>();

  constructor(pairs: DnsPairs, { addresses, destinationPort }: FlowColumns) {
    this.ports = destinationPort;
    this.texts = pairs.texts;
    this.count = addresses.length;
    const clients = textsOf(pairs.addresses);
    const { generators } = pairs;
    if (pairs.tunnels === 0 && generators.length === 0) return;
    const numbers = addresses.numbersOf(new Set(clients));
    const numberOf = (place: number): number => numbers.get(clients[place]) ?? -1;
    for (const { client, names } of generators) this.generators.set(numberOf(client), names);
    for (let row = 0; row < pairs.length; row++) {
      if (pairs.rules[row] === 0) continue;
      const client = numberOf(pairs.client[row]);
      const tunnel = { names: pairs.subdomains[row] + 1, domain: pairs.domain[row] };
      const resolver = pairs.resolver[row] === 0 ? null : numberOf(pairs.resolver[row] - 1);
      if (resolver === null) {
        const known = this.byClient.get(client);
        if (known === undefined || tunnel.names > known.names) this.byClient.set(client, tunnel);
      } else if (client >= 0 && resolver >= 0) this.byResolver.set(this.pairOf(client, resolver), tunnel);
    }
  }

  /** The tunnel that goes through such flows as this from a client to a resolver. */
  tunnelled(client: number, resolver: number, flow: number): Tunnel {
    if (this.ports[flow] !== DNS_PORT || (this.byClient.size === 0 && this.byResolver.size === 0)) return NO_TUNNEL;
    return this.byResolver.get(this.pairOf(client, resolver)) ?? this.byClient.get(client) ?? NO_TUNNEL;
  }

  /** Names that do not exist and look random, asked for through such flows as this. */
  generated(client: number, flow: number): number {
    return this.ports[flow] === DNS_PORT ? (this.generators.get(client) ?? 0) : 0;
  }

  private pairOf(client: number, resolver: number): number {
    return keyed(client * this.count + resolver);
  }
}
