import { copyOf } from '../../memory/distinct-texts.ts';
import { AddressTable } from '../../net/addresses.ts';
import { NAME_LIMIT } from '../../protocols/text.ts';

/** What a sighting says of a host. A domain is the one that it, or its user, belongs to. */
export const SIGHTING_KINDS = ['mac', 'name', 'user', 'domain', 'system'] as const;
export type SightingKind = (typeof SIGHTING_KINDS)[number];

/** The protocols that say it, those that are surest of it first. */
export const SIGHTING_SOURCES = [
  'kerberos',
  'ntlm',
  'dhcp',
  'netbios',
  'llmnr',
  'mdns',
  'http',
  'ftp',
  'pop3',
  'imap',
] as const;
export type SightingSource = (typeof SIGHTING_SOURCES)[number];

/** What traffic said of the host behind an address, and when: the first and the last time, in milliseconds since 1970. */
export interface Sighting {
  address: string;
  kind: SightingKind;
  text: string;
  source: SightingSource;
  firstMs: number;
  lastMs: number;
}

/** Different sightings that are kept, whatever the captures and logs hold; and those of one kind of one host. */
const MOST_SIGHTINGS = 1 << 17;
const MOST_OF_KIND = 32;
/** How programs write that they do not know. */
const UNKNOWN = /^(?:|-|\(empty\)|null|none|<unknown>)$/i;
/** Scripts that people's names are written in; all else could steer or reorder what is shown beside it. */
const UNSHOWN =
  /[^\x20-\x7e\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** What most texts are: looking each character up in the tables of scripts takes many times as long. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Who is behind the addresses of a network, as what is read of it says: each thing said of a host once. */
export class HostSightings {
  /** How often something new came that there was no room for. */
  leftOut = 0;
  private addresses = new AddressTable();
  private readonly seen = new Map<string, Omit<Sighting, 'address'> & { address: number }>();
  /** By address and kind. */
  private readonly counts = new Map<number, number>();

  /** Takes what was said of a host; nothing of an address that is none or stands for all, and no empty text. */
  add(address: string, kind: SightingKind, said: string, source: SightingSource, ms: number): void {
    const trimmed = said.slice(0, NAME_LIMIT).trim();
    const text = PLAIN.test(trimmed) ? trimmed : trimmed.replaceAll(UNSHOWN, '?');
    if (UNKNOWN.test(text) || Number.isNaN(ms) || address === '0.0.0.0' || address === '::') return;
    const number = this.addresses.idOfText(address);
    if (number < 0) return;
    const ofKind = number * SIGHTING_KINDS.length + SIGHTING_KINDS.indexOf(kind);
    const key = `${ofKind} ${source} ${text.toLowerCase()}`;
    const known = this.seen.get(key);
    if (known !== undefined) {
      known.firstMs = Math.min(known.firstMs, ms);
      known.lastMs = Math.max(known.lastMs, ms);
      return;
    }
    const count = this.counts.get(ofKind) ?? 0;
    if (this.seen.size >= MOST_SIGHTINGS || count >= MOST_OF_KIND) {
      this.leftOut++;
      return;
    }
    this.counts.set(ofKind, count + 1);
    this.seen.set(copyOf(key), { address: number, kind, text: copyOf(text), source, firstMs: ms, lastMs: ms });
  }

  copy(): HostSightings {
    const copy = new HostSightings();
    copy.leftOut = this.leftOut;
    copy.addresses = this.addresses.copy();
    for (const [key, seen] of this.seen) copy.seen.set(key, { ...seen });
    for (const [ofKind, count] of this.counts) copy.counts.set(ofKind, count);
    return copy;
  }

  /** All sightings, in the order in which they were first made. */
  all(): Sighting[] {
    const addresses = this.addresses.list();
    return Array.from(this.seen.values(), ({ address, ...said }) => ({ address: addresses.text(address), ...said }));
  }
}
