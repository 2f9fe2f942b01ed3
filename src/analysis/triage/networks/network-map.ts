import type { IpAddress } from './address.ts';
import { maskedWords, type Network } from './network.ts';

/** Values by network: a look-up costs one step for every prefix length in use, however many networks there are. */
export class NetworkMap<Value> {
  private readonly byLength = new Map<string, { version: number; prefix: number; values: Map<string, Value> }>();

  /** Keeps a value for a network; the first one given for it stays. */
  add({ address, prefix }: Network, value: Value): void {
    const length = `${address.version}/${prefix}`;
    let level = this.byLength.get(length);
    if (level === undefined) {
      level = { version: address.version, prefix, values: new Map() };
      this.byLength.set(length, level);
    }
    const key = maskedWords(address, prefix).join();
    if (!level.values.has(key)) level.values.set(key, value);
  }

  /** The value of the smallest network that holds an address. */
  find(address: IpAddress): Value | undefined {
    let found: Value | undefined;
    let longest = -1;
    for (const { version, prefix, values } of this.byLength.values()) {
      if (version !== address.version || prefix <= longest) continue;
      const value = values.get(maskedWords(address, prefix).join());
      if (value === undefined) continue;
      found = value;
      longest = prefix;
    }
    return found;
  }
}
