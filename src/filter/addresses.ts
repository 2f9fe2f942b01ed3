import { type IpAddress, parseAddress } from '../analysis/net/address.ts';
import { isRefusal, maskedWords, type Network, parseNetwork } from '../analysis/net/network.ts';

/** Texts that are remembered for each condition; a filter may have hundreds of them, and a list a million texts. */
const MOST_REMEMBERED = 1 << 13;

/** A test that is done once for each distinct text as long as there are few: a column has few of them, and many rows. */
export function remembered(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = test(text);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(text, answer);
    }
    return answer;
  };
}

let latest: { text: string; address: IpAddress | null } = { text: '', address: null };

/** An address out of its text; the same text is compared with one value after the other. */
export function addressOf(text: string): IpAddress | null {
  if (latest.text !== text) latest = { text, address: parseAddress(text) };
  return latest.address;
}

/** An address or a network in CIDR notation; null for anything else. */
export function networkOf(text: string): Network | null {
  const parsed = parseNetwork(text);
  return isRefusal(parsed) ? null : parsed;
}

/** Whether an address lies in a network. */
export function inNetwork(network: Network): (text: string) => boolean {
  return (text) => {
    const address = addressOf(text);
    return (
      address !== null &&
      address.version === network.address.version &&
      maskedWords(address, network.prefix).every((word, index) => word === network.address.words[index])
    );
  };
}

/** Whether an address lies between two of the same version, both included. */
export function betweenAddresses(from: IpAddress, to: IpAddress): (text: string) => boolean {
  return (text) => {
    const address = addressOf(text);
    return (
      address !== null &&
      address.version === from.version &&
      compareAddresses(from, address) <= 0 &&
      compareAddresses(address, to) <= 0
    );
  };
}

/** Below 0, 0 or above, as the first address is lower than the second, the same, or higher. */
export function compareAddresses({ words: a }: IpAddress, { words: b }: IpAddress): number {
  const place = a.findIndex((word, index) => word !== b[index]);
  return place < 0 ? 0 : a[place] - b[place];
}

/** Whether an address is of an IP version. */
export function ofVersion(version: 4 | 6): (text: string) => boolean {
  return (text) => text.includes(':') === (version === 6);
}
