import { type IpAddress, parseAddress } from '../net/address.ts';
import { isRefusal, type Network, networkText, parseNetwork, type Refusal, widestPrefix } from '../net/network.ts';
import { comparableName } from './name-text.ts';

/** Where a connection goes: a network, or a name in lower case, with all names below it or alone. */
export type Place = { kind: 'network'; network: Network } | { kind: 'name'; name: string; below: boolean };

/** What one entry of a list means. Fingerprints are in lower case; a pair is what one source has with a place. */
export type Indicator =
  | Place
  | { kind: 'fingerprint'; fingerprint: string }
  | { kind: 'pair'; source: IpAddress; to: Place };

/** The longest host name (RFC 1035, section 2.3.4), and room for what defanging and a URL add. */
const LONGEST_NAME = 253;
const LONGEST = 2048;

/** JA3 and its like are an MD5; JA4, JA4S and JA4X have their parts joined by underscores. */
const MD5 = /^[\da-f]{32}$/;
const JA4 = /^[tqd](?:\d\d|s[23]|d[123])[di]\d{4}[a-z\d]{2}_[\da-f]{12}_[\da-f]{12}$/;
const JA4_SERVER = /^[tqd](?:\d\d|s[23]|d[123])\d\d[a-z\d]{2}_[\da-f]{4}_[\da-f]{12}$/;
const LABELS = /^(?!-)[a-z\d_-]{1,63}(?:\.[a-z\d_-]{1,63})*$/;

/**
 * An indicator out of its text: an address, a network, a fingerprint, or a name. A name of several labels means itself
 * and everything below; "*." before it says the same of any name, and "=" that only the name itself is meant. Of a URL
 * its host counts, and "[.]" and "hxxp" are read as what they stand for. "10.0.0.5 > a.example" is what that address
 * has with that name or network.
 */
export function parseIndicator(text: string): Indicator | Refusal {
  if (text.length > LONGEST) return { reason: 'too long' };
  const refangedText = refanged(text.trim().toLowerCase());
  return parsePair(refangedText) ?? parseAlone(refangedText);
}

/** What is no pair. */
function parseAlone(text: string): Indicator | Refusal {
  const plain = hostOf(text);
  if (plain === '') return { reason: 'empty' };
  if (MD5.test(plain) || JA4.test(plain) || JA4_SERVER.test(plain)) return { kind: 'fingerprint', fingerprint: plain };
  const network = parseNetwork(plain);
  if (!isRefusal(network)) return { kind: 'network', network };
  if (/[/:]/.test(plain) || /^[\d.]+$/.test(plain)) return network;
  return parseName(plain);
}

/** The one way an indicator is written in a list; reading it gives the same indicator. */
export function indicatorText(indicator: Indicator): string {
  if (indicator.kind === 'network') return networkText(indicator.network);
  if (indicator.kind === 'fingerprint') return indicator.fingerprint;
  if (indicator.kind === 'pair') {
    const source = networkText({ address: indicator.source, prefix: widestPrefix(indicator.source) });
    return `${source} > ${indicatorText(indicator.to)}`;
  }
  return `${indicator.below ? '*.' : '='}${indicator.name}`;
}

/** An indicator as people say it: a name without the mark before it. */
export function plainIndicator(indicator: Indicator): string {
  return indicatorText(indicator).replace(/(^|> )(?:\*\.|=)/, '$1');
}

/** A pair out of its text, null for what is none, such as markup, or a URL with an arrow in it. */
function parsePair(text: string): Indicator | Refusal | null {
  const arrow = arrowOf(text);
  if (arrow < 0) return null;
  const source = parseAddress(text.slice(0, arrow).replace(/-$/, '').trim());
  if (source === null) return { reason: 'before ">" stands one address' };
  const rest = refanged(text.slice(arrow + 1).trim());
  // Pairs within pairs are not followed: each would be looked through anew.
  const to = arrowOf(rest) < 0 ? parseAlone(rest) : null;
  if (to !== null && isRefusal(to)) return to;
  return to?.kind === 'network' || to?.kind === 'name'
    ? { kind: 'pair', source, to }
    : { reason: 'behind ">" stands neither an address, a network nor a name' };
}

/** Where the arrow of a pair stands; -1 in what is none. */
function arrowOf(text: string): number {
  const arrow = text.search(/[>→]/);
  return text.startsWith('<') || text.slice(0, Math.max(0, arrow)).includes('://') ? -1 : arrow;
}

function parseName(text: string): Indicator | Refusal {
  const alone = text.startsWith('=');
  const starred = text.startsWith('*.');
  const name = comparableName(alone ? text.slice(1) : starred ? text.slice(2) : text);
  if (/[^\u0020-\u007e]/.test(name)) return { reason: 'not ASCII: write an international name in its xn-- form' };
  if (name.length > LONGEST_NAME || !LABELS.test(name))
    return { reason: 'neither an address, a network, a name nor a fingerprint' };
  // A single label alone is a machine's name; with everything below, it would be a whole top-level domain.
  return { kind: 'name', name, below: starred || (!alone && name.includes('.')) };
}

function refanged(text: string): string {
  return text
    .replaceAll(/\[\.\]|\(\.\)|\[dot\]/g, '.')
    .replaceAll('[:]', ':')
    .replace(/^hxxp/, 'http');
}

function hostOf(text: string): string {
  const scheme = /^[a-z][a-z\d+.-]*:\/\//.exec(text);
  if (scheme === null) return text;
  const authority = text.slice(scheme[0].length).split(/[/?#]/, 1)[0];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return host.startsWith('[') ? host.slice(1).split(']', 1)[0] : host.replace(/:\d*$/, '');
}
