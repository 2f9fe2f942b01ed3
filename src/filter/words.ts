import { comparableName } from '../analysis/lists/name-text.ts';
import { inNetwork, networkOf, remembered } from './addresses.ts';
import type { FilteredList } from './list.ts';
import { portIn } from '../analysis/whole-number.ts';

/** Labels with a last one of letters: what people write for a domain, with a dot in front or without. */
const DOMAIN = /^\.?(?=[^.]*[\p{L}\d])(?:[\p{L}\d_-]{1,63}\.)+(?:\p{L}{2,63}|xn--[a-z\d-]{1,59})\.?$/u;

/** Whether a row holds a word that is searched for everywhere. */
export type WordTest = (list: FilteredList) => (row: number) => boolean;

/**
 * What a bare word stands for: an address or a network is looked for among addresses, a domain covers the names below
 * it, and anything else, also what stands in quotes, may be a part of any text that is shown.
 */
export function wordTest(text: string, quoted: boolean): WordTest {
  if (!quoted) {
    const network = networkOf(text);
    if (network !== null) return addressTest(text, remembered(inNetwork(network)), text.includes('/'));
    if (endWithPort(text)) return endTest(text);
    if (DOMAIN.test(text)) return domainTest(text);
  }
  const part = text.toLowerCase();
  return ({ shown }) =>
    (row) =>
      shown(row).includes(part);
}

/** Addresses, and names that are address literals: a Host header may say nothing else. */
function addressTest(text: string, isMet: (address: string) => boolean, isNetwork: boolean): WordTest {
  const lower = text.toLowerCase();
  return ({ addresses, names }) =>
    (row) =>
      addresses(row).some(isMet) ||
      (!isNetwork && names(row).some((name) => name === lower || name.startsWith(`${lower}:`)));
}

function endWithPort(text: string): boolean {
  const colon = text.lastIndexOf(':');
  if (colon <= 0 || portIn(text.slice(colon + 1)) === null) return false;
  const host = text.slice(0, colon);
  return DOMAIN.test(host) || (!host.includes(':') && networkOf(host) !== null);
}

function endTest(text: string): WordTest {
  const end = text.toLowerCase();
  return ({ ends }) =>
    (row) =>
      ends(row).includes(end);
}

/** Names under a domain; texts that are no names, such as a user agent, may hold it anywhere. */
function domainTest(text: string): WordTest {
  const domain = comparableName(text.startsWith('.') ? text.slice(1) : text);
  const below = `.${domain}`;
  return ({ names, shown }) =>
    (row) => {
      if (!shown(row).includes(domain)) return false;
      const known = names(row).map(comparableName);
      if (known.some((name) => name === domain || name.endsWith(below))) return true;
      return known.reduce((rest, name) => rest.replaceAll(name, ' '), shown(row)).includes(domain);
    };
}
