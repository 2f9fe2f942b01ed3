import { getDomain } from 'tldts';

/** Zones that hosts look up by rule: reverse look-ups and names of the local network. */
const ORDINARY_ZONES = ['arpa', 'ip6.int', 'local'];

/**
 * Block lists and reputation services that put an address or a hash in front of their own name: long unique names by
 * the thousand, and no tunnel.
 */
const LIST_ZONES = [
  'spamhaus.org',
  'spamhaus.net',
  'surbl.org',
  'uribl.com',
  'spamcop.net',
  'sorbs.net',
  'barracudacentral.org',
  'dnswl.org',
  'mailspike.net',
  'mailspike.org',
  'abusix.zone',
  'invaluement.com',
  'backscatterer.org',
  'uceprotect.net',
  'surriel.com',
  'cymru.com',
  'senderbase.org',
  'sophosxl.net',
  'e5.sk',
  'avqs.mcafee.com',
  'avts.mcafee.com',
];

const LEFT_OUT: ReadonlySet<string> = new Set([...ORDINARY_ZONES, ...LIST_ZONES]);
/** Labels of the longest of them. */
const MOST_LABELS = Math.max(...Array.from(LEFT_OUT, (zone) => zone.split('.').length));

/** Whether a name lies in a zone that is left out of the search for tunnels. `name` is in lower case. */
export function isLeftOut(name: string): boolean {
  let dot = name.length;
  for (let labels = 0; labels < MOST_LABELS && dot > 0; labels++) {
    dot = name.lastIndexOf('.', dot - 1);
    if (LEFT_OUT.has(name.slice(dot + 1))) return true;
  }
  return false;
}

/** The registrable domain of a name by the public suffix list, private suffixes included; null where it has none. */
export function registrableDomain(name: string): string | null {
  return getDomain(name, {
    allowPrivateDomains: true,
    extractHostname: false,
    validateHostname: false,
    detectIp: false,
  });
}
