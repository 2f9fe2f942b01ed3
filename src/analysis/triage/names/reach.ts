import { parse } from 'tldts';
import { isAddressLiteral } from '../../lists/name-text.ts';

/** Last labels that names of the own network have (RFC 6761, 6762, 8375, 9476), and what networks use without asking. */
const OWN_NETWORK = new Set(
  `
  local localhost localdomain lan home internal intranet corp private arpa test example invalid alt workgroup
  domain mshome box router gateway docker consul
`
    .trim()
    .split(/\s+/),
);

/** What a name outside the network may be that the Internet's root does not know. */
export type Reach = '' | 'no host name' | 'no name under the root';

/**
 * Whether a name in comparable form can be one of the Internet's: '' where it can, or is an address, or lies in somebody's own
 * network; else why it cannot. One without a dot, or whose last label is a number, is no host's there (RFC 3696, section 2).
 */
export function reachOf(name: string): Reach {
  if (name === '' || isAddressLiteral(name)) return '';
  const host = /:\d{1,5}$/.test(name) ? name.slice(0, name.lastIndexOf(':')) : name;
  const last = host.slice(host.lastIndexOf('.') + 1);
  if (OWN_NETWORK.has(last)) return '';
  if (!host.includes('.') || /^\d+$/.test(last)) return 'no host name';
  return parse(host, { extractHostname: false, detectIp: false, validateHostname: false }).isIcann === true
    ? ''
    : 'no name under the root';
}
