import { mix } from '../memory/hash.ts';
import type { IpAddress } from './address.ts';
import { maskedWords, type Network } from './network.ts';

type Words = IpAddress['words'];

/** Networks of one prefix length, by a hash of the bits before it. */
interface Level<Value> {
  version: number;
  prefix: number;
  /** The bits before the prefix, and how many words they are in. */
  mask: Words;
  used: number;
  networks: Map<number, { words: Words; value: Value }[]>;
}

const WORD_BITS = 32;
const BYTE_BITS = 8;
const ALL_BITS: IpAddress = { version: 6, words: [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff] };

/** Values by network: a look-up costs one step for every prefix length in use, however many networks there are. */
export class NetworkMap<Value> {
  /** Longest prefix first. */
  private readonly levels: Level<Value>[] = [];
  /** By version: 1 for each first byte that addresses of its networks have. Most addresses are in no network at all. */
  private readonly firstBytes = { 4: new Uint8Array(256), 6: new Uint8Array(256) };

  /** Keeps a value for a network; the first one given for it stays. */
  add({ address: { version, words }, prefix }: Network, value: Value): void {
    let level = this.levels.find((known) => known.version === version && known.prefix === prefix);
    if (level === undefined) {
      level = {
        version,
        prefix,
        mask: maskedWords(ALL_BITS, prefix),
        used: Math.ceil(prefix / WORD_BITS),
        networks: new Map(),
      };
      this.levels.push(level);
      this.levels.sort((a, b) => b.prefix - a.prefix);
    }
    if (valueIn(level, words) !== undefined) return;
    const hash = hashIn(level, words);
    const alike = level.networks.get(hash) ?? [];
    alike.push({ words, value });
    level.networks.set(hash, alike);
    const first = words[0] >>> (WORD_BITS - BYTE_BITS);
    this.firstBytes[version].fill(1, first, first + 2 ** Math.max(0, BYTE_BITS - prefix));
  }

  /** The value of the smallest network that holds an address. */
  find({ version, words }: IpAddress): Value | undefined {
    if (this.firstBytes[version][words[0] >>> (WORD_BITS - BYTE_BITS)] === 0) return undefined;
    for (const level of this.levels) {
      const value = level.version === version ? valueIn(level, words) : undefined;
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

function valueIn<Value>(level: Level<Value>, words: Words): Value | undefined {
  const alike = level.networks.get(hashIn(level, words));
  if (alike === undefined) return undefined;
  return alike.find((network) => isIn(level, network.words, words))?.value;
}

function hashIn<Value>({ mask, used }: Level<Value>, words: Words): number {
  let hash = 0;
  for (let word = 0; word < used; word++) hash = mix(hash, words[word] & mask[word]);
  return hash;
}

function isIn<Value>({ mask, used }: Level<Value>, network: Words, words: Words): boolean {
  for (let word = 0; word < used; word++) if (((network[word] ^ words[word]) & mask[word]) !== 0) return false;
  return true;
}
