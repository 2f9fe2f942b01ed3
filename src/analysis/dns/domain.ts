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

const LEFT_OUT_ENDS = [...ORDINARY_ZONES, ...LIST_ZONES].map((zone) => `.${zone}`);

/** Whether a name lies in a zone that is left out of the search for tunnels. `name` is in lower case. */
export function isLeftOut(name: string): boolean {
  const dotted = `.${name}`;
  return LEFT_OUT_ENDS.some((end) => dotted.endsWith(end));
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
