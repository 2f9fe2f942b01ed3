import { randomLabelOf } from './random-label.ts';

/** Clients looked at, and domains told apart for each: a generator is told by far fewer. */
const MOST_CLIENTS = 20_000;
const MOST_DOMAINS = 500;
/** Domains that do not exist and look random, and their share of all that do not: mistyped and retired names are words. */
const LEAST_RANDOM = 10;
const LEAST_RANDOM_SHARE = 0.25;

/** A client that asks for names which nobody registered and nobody would. */
export interface Generator {
  client: number;
  /** Different domains that do not exist and look random. */
  names: number;
}

/** Which registrable domains clients were told not to exist. */
export class MissingNames {
  private readonly byClient = new Map<number, { domains: Set<string>; random: number }>();

  /** Counts an answer of "no such name" (RFC 1035, section 4.1.1: code 3). */
  add(client: number, domain: string): void {
    let missing = this.byClient.get(client);
    if (missing === undefined) {
      if (this.byClient.size >= MOST_CLIENTS) return;
      missing = { domains: new Set(), random: 0 };
      this.byClient.set(client, missing);
    }
    if (missing.domains.size >= MOST_DOMAINS || missing.domains.has(domain)) return;
    missing.domains.add(domain);
    if (randomLabelOf(domain) !== '') missing.random++;
  }

  /** Clients whose missing names look generated. */
  generators(): Generator[] {
    return Array.from(this.byClient, ([client, { domains, random }]) => ({ client, names: random, all: domains.size }))
      .filter(({ names, all }) => names >= LEAST_RANDOM && names >= LEAST_RANDOM_SHARE * all)
      .map(({ client, names }) => ({ client, names }));
  }
}
