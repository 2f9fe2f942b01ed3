import { NumberTable } from '../../memory/number-table.ts';

/**
 * How an address belongs to a MAC address. "asked": a DHCP client asked for the address. "sent": a frame carried a packet of
 * it that no router had passed on, by its time to live. "own": ARP, DHCP or a message that routers do not pass on tied them
 * together, or the address was asked for and sent from.
 */
export const LINKS = ['asked', 'sent', 'own'] as const;
export type Link = (typeof LINKS)[number];

/** What a DHCP client said of itself, and when: the first and the last time, in milliseconds since 1970. */
export interface SaidByMac {
  kind: 'name' | 'system';
  text: string;
  firstMs: number;
  lastMs: number;
}

/** MAC addresses that are kept, and of one its addresses and what it said: a router has addresses of half the world. */
const MOST_MACS = 65_536;
const MOST_ADDRESSES = 16;
const MOST_SAID = 8;

/** An address by what is quick to make of a packet: the word of an IPv4 address, unsigned, and the text of another. */
export type LinkedAddress = number | string;

/** The addresses of one MAC address. */
export interface MacAddresses {
  mac: number;
  /** The surest link to each. */
  addresses: Map<LinkedAddress, Link>;
  /** Whether it passed on packets of others, or has more addresses than are kept: what it sent is not its own. */
  isRouter: boolean;
  said: SaidByMac[];
}

/** Which addresses stand behind which MAC address. */
export class MacLinks {
  /** How often one said something of itself that there was no room for. */
  leftOut = 0;
  private numbers = new NumberTable();
  /** By number of a MAC address. */
  private readonly kept: MacAddresses[] = [];

  get macs(): readonly Readonly<MacAddresses>[] {
    return this.kept;
  }

  /** Ties an address to a MAC address. */
  add(mac: number, address: LinkedAddress, link: Link): void {
    const entry = this.entry(mac);
    if (entry === null) return;
    const known = entry.addresses.get(address);
    if (known === undefined && entry.addresses.size >= MOST_ADDRESSES) entry.isRouter = true;
    else if (known === undefined) entry.addresses.set(address, link);
    // Who asked for an address and sends from it was given it.
    else if (known !== link) entry.addresses.set(address, 'own');
  }

  /** Takes back that a MAC address asked for addresses: it does not get them. */
  refuse(mac: number): void {
    const entry = this.entry(mac);
    if (entry === null) return;
    for (const [address, link] of entry.addresses) if (link === 'asked') entry.addresses.delete(address);
  }

  /** Notes that a MAC address passed on a packet of somebody else. */
  addRouter(mac: number): void {
    const entry = this.entry(mac);
    if (entry !== null) entry.isRouter = true;
  }

  /** Keeps what a DHCP client said of itself. */
  tell(mac: number, kind: SaidByMac['kind'], text: string, ms: number): void {
    const entry = text === '' ? null : this.entry(mac);
    if (entry === null) return;
    const known = entry.said.find((one) => one.kind === kind && one.text === text);
    if (known !== undefined) {
      known.firstMs = Math.min(known.firstMs, ms);
      known.lastMs = Math.max(known.lastMs, ms);
    } else if (entry.said.length < MOST_SAID) {
      entry.said.push({ kind, text, firstMs: ms, lastMs: ms });
    } else {
      this.leftOut++;
    }
  }

  copy(): MacLinks {
    const copy = new MacLinks();
    copy.leftOut = this.leftOut;
    copy.numbers = this.numbers.copy();
    for (const { mac, addresses, isRouter, said } of this.kept)
      copy.kept.push({ mac, addresses: new Map(addresses), isRouter, said: Array.from(said, (one) => ({ ...one })) });
    return copy;
  }

  private entry(mac: number): MacAddresses | null {
    if (mac === 0) return null;
    const isFull = this.kept.length >= MOST_MACS;
    const number = isFull ? this.numbers.find(mac) : this.numbers.numberOf(mac);
    if (number < 0) {
      this.leftOut++;
      return null;
    }
    if (number === this.kept.length) this.kept.push({ mac, addresses: new Map(), isRouter: false, said: [] });
    return this.kept[number];
  }
}
