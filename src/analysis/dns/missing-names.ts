import { leastOf } from '../memory/least-of.ts';
import type { AskedDomain } from './message.ts';
import { NamesSeen } from './names-seen.ts';
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

const NONE = -1;

/**
 * Which registrable domains clients were told not to exist. Where there are too many, clients with few of them that look
 * random give way: a generator that comes late in a capture is found as well as one that comes first.
 */
export class MissingNames {
  /** Domains of clients that gave way. */
  lost = 0;
  /** By number of a client its place; by place the client, its domains, and those of them that look random. */
  private places = new Map<number, number>();
  private readonly clients: Uint32Array;
  private readonly domains: Uint16Array;
  private readonly random: Uint16Array;
  private readonly seen = new NamesSeen();
  private count = 0;
  private readonly mostClients: number;
  private readonly mostDomains: number;

  /** The limits are for tests of what happens beyond them. */
  constructor(mostClients = MOST_CLIENTS, mostDomains = MOST_DOMAINS_OF_ALL) {
    this.mostClients = mostClients;
    this.mostDomains = mostDomains;
    this.clients = new Uint32Array(mostClients);
    this.domains = new Uint16Array(mostClients);
    this.random = new Uint16Array(mostClients);
  }

  /** Counts an answer of "no such name" (RFC 1035, section 4.1.1: code 3); one without a domain is not looked at. */
  add(client: number, { domain, domainHash, otherDomainHash }: AskedDomain): void {
    if (domain === null) return;
    let place = this.places.get(client) ?? NONE;
    if (place !== NONE && (this.domains[place] >= MOST_DOMAINS || !this.seen.isNew(place, domainHash, otherDomainHash)))
      return;
    if (this.count >= this.mostDomains || (place === NONE && this.places.size >= this.mostClients)) {
      this.dropSmall();
      place = this.places.get(client) ?? NONE;
    }
    if (place === NONE) {
      place = this.places.size;
      this.places.set(client, place);
      this.clients[place] = client;
      this.domains[place] = 0;
      this.random[place] = 0;
      this.seen.isNew(place, domainHash, otherDomainHash);
    }
    this.domains[place]++;
    this.count++;
    if (randomLabelOf(domain) !== '') this.random[place]++;
  }

  /** Clients whose missing names look generated. */
  generators(): Generator[] {
    const { domains, random } = this;
    return Array.from(this.places, ([client, place]) => ({ client, names: random[place], all: domains[place] }))
      .filter(({ names, all }) => names >= LEAST_RANDOM && names >= LEAST_RANDOM_SHARE * all)
      .map(({ client, names }) => ({ client, names }));
  }

  /** Drops half of the clients: those with the fewest domains that look random, and of as many the older ones. */
  private dropSmall(): void {
    const { clients, domains, random } = this;
    const { size } = this.places;
    const own = random.subarray(0, size);
    const isSmall = leastOf(Math.ceil(size / 2), own, own);
    const next = new Int32Array(size).fill(NONE);
    this.places = new Map();
    for (let place = 0; place < size; place++) {
      if (isSmall[place] === 1) {
        this.lost += domains[place];
        this.count -= domains[place];
        continue;
      }
      const to = this.places.size;
      next[place] = to;
      this.places.set(clients[place], to);
      clients[to] = clients[place];
      domains[to] = domains[place];
      random[to] = random[place];
    }
    this.seen.renumber(next);
  }
}
