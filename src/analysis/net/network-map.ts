import type { IpAddress } from './address.ts';
import { maskedWords, type Network } from './network.ts';

/** Networks of one prefix length, by the bits before it: a number for IPv4, a text for IPv6. */
interface Level<Value> {
  version: number;
  prefix: number;
  values: Map<number | string, Value>;
}

/** Values by network: a look-up costs one step for every prefix length in use, however many networks there are. */
export class NetworkMap<Value> {
  /** Longest prefix first. */
  private readonly levels: Level<Value>[] = [];

  /** Keeps a value for a network; the first one given for it stays. */
  add({ address, prefix }: Network, value: Value): void {
    let level = this.levels.find((known) => known.version === address.version && known.prefix === prefix);
    if (level === undefined) {
      level = { version: address.version, prefix, values: new Map() };
      this.levels.push(level);
      this.levels.sort((a, b) => b.prefix - a.prefix);
    }
    const key = keyOf(address, prefix);
    if (!level.values.has(key)) level.values.set(key, value);
  }

  /** The value of the smallest network that holds an address. */
  find(address: IpAddress): Value | undefined {
    for (const { version, prefix, values } of this.levels) {
      if (version !== address.version) continue;
      const value = values.get(keyOf(address, prefix));
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

function keyOf(address: IpAddress, prefix: number): number | string {
  if (address.version === 6) return maskedWords(address, prefix).join();
  return prefix === 0 ? 0 : address.words[0] & (-1 << (32 - prefix));
}
