import { randomLabelOf } from './random-label.ts';

/** Clients looked at, domains told apart for each, where a generator is told by far fewer, and those of all clients. */
const MOST_CLIENTS = 20_000;
const MOST_DOMAINS = 500;
const MOST_DOMAINS_OF_ALL = 400_000;
/** Domains that do not exist and look random, and their share of all that do not: mistyped and retired names are words. */
const LEAST_RANDOM = 10;
const LEAST_RANDOM_SHARE = 0.25;

/** A client that asks for names which nobody registered and nobody would. */
export interface Generator {
  client: number;
  /** Different domains that do not exist and look random. */
  names: number;
}

/** What a client was told not to exist. */
interface Missing {
  domains: Set<string>;
  random: number;
}

/**
 * Which registrable domains clients were told not to exist. Where there are too many, clients with few of them that look
 * random give way: a generator that comes late in a capture is found as well as one that comes first.
 */
export class MissingNames {
  /** Domains of clients that gave way. */
  lost = 0;
  private byClient = new Map<number, Missing>();
  private count = 0;
  private readonly mostClients: number;
  private readonly mostDomains: number;

  /** The limits are for tests of what happens beyond them. */
  constructor(mostClients = MOST_CLIENTS, mostDomains = MOST_DOMAINS_OF_ALL) {
    this.mostClients = mostClients;
    this.mostDomains = mostDomains;
  }

  /** Counts an answer of "no such name" (RFC 1035, section 4.1.1: code 3). */
  add(client: number, domain: string): void {
    const known = this.byClient.get(client);
    if (known !== undefined && (known.domains.size >= MOST_DOMAINS || known.domains.has(domain))) return;
    if (this.count >= this.mostDomains || (known === undefined && this.byClient.size >= this.mostClients))
      this.dropSmall();
    let missing = this.byClient.get(client);
    if (missing === undefined) {
      missing = { domains: new Set(), random: 0 };
      this.byClient.set(client, missing);
    }
    missing.domains.add(domain);
    this.count++;
    if (randomLabelOf(domain) !== '') missing.random++;
  }

  /** Drops half of the clients: those with the fewest domains that look random, and of as many the older ones. */
  private dropSmall(): void {
    const clients = [...this.byClient];
    // The order of those with as many stays.
    const few = clients.toSorted(([, a], [, b]) => a.random - b.random).slice(0, Math.ceil(clients.length / 2));
    for (const [client, { domains }] of few) {
      this.byClient.delete(client);
      this.lost += domains.size;
      this.count -= domains.size;
    }
    // A map remembers what was taken out of it.
    this.byClient = new Map(this.byClient);
  }

  /** Clients whose missing names look generated. */
  generators(): Generator[] {
    return Array.from(this.byClient, ([client, { domains, random }]) => ({ client, names: random, all: domains.size }))
      .filter(({ names, all }) => names >= LEAST_RANDOM && names >= LEAST_RANDOM_SHARE * all)
      .map(({ client, names }) => ({ client, names }));
  }
}
