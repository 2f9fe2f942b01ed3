import { addressText } from './address-text.ts';
import { type IpAddress, parseAddress } from './address.ts';
import { wholeNumber } from '../whole-number.ts';

/** A network: the addresses that begin with the first `prefix` bits of `address`, whose other bits are 0. */
export interface Network {
  address: IpAddress;
  /** 0 to 32 for IPv4, to 128 for IPv6; at its largest the network is one address. */
  prefix: number;
}

/** A text that is not what it should be, and why, in a few words for the person who wrote it. */
export interface Refusal {
  reason: string;
}

/** A network in CIDR notation (RFC 4632, RFC 4291 section 2.3), or one address. Bits after the prefix are cleared. */
export function parseNetwork(text: string): Network | Refusal {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === null) return { reason: 'not an address' };
  const widest = widestPrefix(address);
  if (slash < 0) return { address, prefix: widest };
  const digits = text.slice(slash + 1);
  const bits = wholeNumber(digits, 128);
  if (bits === null) return { reason: 'the part after "/" is not a prefix length' };
  // A mapped IPv4 address has 96 bits before the ones that count.
  const prefix = bits - (address.version === 4 && text.includes(':') ? 96 : 0);
  if (prefix < 0 || prefix > widest) return { reason: `a prefix length of ${digits} does not fit the address` };
  return { address: { version: address.version, words: maskedWords(address, prefix) }, prefix };
}

/** Whether a parsed text was refused. */
export function isRefusal(parsed: object): parsed is Refusal {
  return 'reason' in parsed;
}

/** The words of an address with everything after the first `prefix` bits cleared. */
export function maskedWords({ words }: IpAddress, prefix: number): IpAddress['words'] {
  const masked = (index: number): number => {
    const bits = Math.min(32, Math.max(0, prefix - 32 * index));
    return bits === 0 ? 0 : (words[index] & (-1 << (32 - bits))) >>> 0;
  };
  return [masked(0), masked(1), masked(2), masked(3)];
}

/** The network as people write it: "198.51.100.7" or "198.51.100.0/24". */
export function networkText({ address, prefix }: Network): string {
  const text = addressText(address.version, address.words, 0);
  return prefix === widestPrefix(address) ? text : `${text}/${prefix}`;
}

/** The prefix length of a network that is one address alone. */
export function widestPrefix(address: IpAddress): number {
  return address.version === 4 ? 32 : 128;
}
