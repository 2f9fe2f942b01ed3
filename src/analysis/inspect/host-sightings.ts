import { AddressTable } from '../net/addresses.ts';
import { shownText } from '../protocols/text.ts';

/** What a sighting says of a host. A domain is the one that it, or its user, belongs to. */
export type SightingKind = 'mac' | 'name' | 'user' | 'domain' | 'system';

/** The protocol that said it. */
export type SightingSource = 'dhcp' | 'kerberos' | 'ntlm';

/** What traffic said of the host behind an address, and when: the first and the last time, in milliseconds since 1970. */
export interface Sighting {
  address: string;
  kind: SightingKind;
  text: string;
  source: SightingSource;
  firstMs: number;
  lastMs: number;
}

/** Different sightings that are kept, whatever the captures and logs hold. */
const MOST_SIGHTINGS = 1 << 17;
/** How programs write that they do not know. */
const UNKNOWN = /^(?:|-|\(empty\)|null|none|<unknown>)$/i;

/** Who is behind the addresses of a network, as what is read of it says: each thing said of a host once. */
export class HostSightings {
  /** How often something new came that there was no room for. */
  leftOut = 0;
  private readonly addresses = new AddressTable();
  private readonly seen = new Map<string, Omit<Sighting, 'address'> & { address: number }>();

  /** Takes what was said of a host; nothing of an address that is none or stands for all, and no empty text. */
  add(address: string, kind: SightingKind, said: string, source: SightingSource, ms: number): void {
    const text = shownText(said.trim());
    if (UNKNOWN.test(text) || Number.isNaN(ms) || address === '0.0.0.0' || address === '::') return;
    const number = this.addresses.idOfText(address);
    if (number < 0) return;
    const key = `${number} ${kind} ${source} ${text.toLowerCase()}`;
    const known = this.seen.get(key);
    if (known !== undefined) {
      known.firstMs = Math.min(known.firstMs, ms);
      known.lastMs = Math.max(known.lastMs, ms);
    } else if (this.seen.size < MOST_SIGHTINGS) {
      this.seen.set(key, { address: number, kind, text, source, firstMs: ms, lastMs: ms });
    } else {
      this.leftOut++;
    }
  }

  /** All sightings, in the order in which they were first made. */
  all(): Sighting[] {
    const addresses = this.addresses.texts();
    return Array.from(this.seen.values(), ({ address, ...said }) => ({ address: addresses[address], ...said }));
  }
}
