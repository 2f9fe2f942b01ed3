import { u16 } from '../../memory/numbers.ts';
import { fnv1a } from '../../memory/hash.ts';
import { sameWords, viewOf } from '../../memory/words.ts';
import { findHelloParts, helloParts, SERVER_NAME_EXTENSION } from '../../protocols/tls-hello.ts';

/** Hellos that are remembered: a capture has many more flows than kinds of software. */
const SLOTS = 1024;
/**
 * Words of a hello that is remembered, of four bytes which fingerprints are made from; browsers send about 150 bytes.
 */
const LONGEST = 256;

/**
 * 1 for extensions whose content counts: groups, point formats, signature algorithms, ALPN, versions. Of others the
 * type does.
 */
const CONTENT_COUNTS = new Uint8Array(64);
for (const type of [10, 11, 13, 16, 43]) CONTENT_COUNTS[type] = 1;

export interface HelloFingerprints {
  /** JA3 of a client, JA3S of a server. */
  ja3: string;
  /** JA4, JA4S. */
  ja4: string;
}

interface Entry {
  content: Int32Array;
  fingerprints: HelloFingerprints;
}

/** Makes the fingerprints of a hello whose body is `bytes[start, end)`; null for one that does not fit into itself. */
export type FingerprintMaker = (bytes: Uint8Array, start: number, end: number) => HelloFingerprints | null;

const scratch = new Int32Array(LONGEST);
let length = 0;
let hash = 0;
let nameStart = 0;
let nameEnd = 0;

/**
 * Remembers the fingerprints of hellos by all that they are made from, so that each kind of hello is read and hashed
 * once.
 */
export class FingerprintMemo {
  /**
   * Content of the first server name extension of the hello given last: both 0 without one, -1 where it was not walked
   * through.
   */
  serverNameStart = 0;
  serverNameEnd = 0;
  readonly #entries: (Entry | undefined)[] = Array.from({ length: SLOTS });
  readonly #fromClient: boolean;
  readonly #compute: FingerprintMaker;

  /**
   * For the hellos of clients, or of servers, over one transport. `compute` makes fingerprints that are not remembered.
   */
  constructor(fromClient: boolean, compute: FingerprintMaker) {
    this.#fromClient = fromClient;
    this.#compute = compute;
  }

  /**
   * The fingerprints of the hello whose body is `bytes[start, end)`; null for a hello that does not fit into itself.
   */
  fingerprintsOf(bytes: Uint8Array, start: number, end: number): HelloFingerprints | null {
    const isWhole = gather(bytes, start, end, this.#fromClient);
    this.serverNameStart = isWhole ? nameStart : -1;
    this.serverNameEnd = isWhole ? nameEnd : -1;
    if (!isWhole) return this.#compute(bytes, start, end);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#entries[slot];
    if (known !== undefined && known.content.length === length && sameWords(known.content, 0, scratch, length))
      return known.fingerprints;
    const content = scratch.slice(0, length);
    const fingerprints = this.#compute(bytes, start, end);
    if (fingerprints !== null) this.#entries[slot] = { content, fingerprints };
    return fingerprints;
  }
}

/** Gathers what counts of a hello in `scratch`; false where it does not fit, there or into itself. */
function gather(bytes: Uint8Array, start: number, end: number, fromClient: boolean): boolean {
  nameStart = nameEnd = 0;
  const view = viewOf(bytes);
  if (!findHelloParts(bytes, start, end, fromClient)) return false;
  const { ciphers, ciphersEnd, extensions } = helloParts;
  // Extensions may be missing as a whole, but not be cut.
  if (extensions !== end && (extensions + 2 > end || extensions + 2 + u16(bytes, extensions) > end)) return false;
  const extensionsEnd = extensions === end ? end : extensions + 2 + u16(bytes, extensions);
  scratch[0] = u16(bytes, start);
  let gathered = 1;
  let mixed = scratch[0];
  let from = ciphers;
  let until = ciphersEnd;
  for (let at = extensions + 2; ;) {
    if (gathered + ((until - from) >> 2) + 1 > LONGEST) return false;
    for (; from + 3 < until; from += 4) {
      const word = view.getInt32(from);
      scratch[gathered++] = word;
      mixed = fnv1a(mixed, word);
    }
    // The fewer than four bytes left are a word with how many they are, so that different hellos stay different.
    let rest = until - from;
    for (; from < until; from++) rest = (rest << 8) | bytes[from];
    scratch[gathered++] = rest;
    mixed = fnv1a(mixed, rest);
    if (at >= extensionsEnd) break;
    const content = at + 4;
    if (content > extensionsEnd) return false;
    const contentEnd = content + u16(bytes, at + 2);
    if (contentEnd > extensionsEnd) return false;
    const type = u16(bytes, at);
    if (type === SERVER_NAME_EXTENSION && nameEnd === 0) {
      nameStart = content;
      nameEnd = contentEnd;
    }
    from = at;
    until = CONTENT_COUNTS[type] === 1 ? contentEnd : at + 2;
    at = contentEnd;
  }
  length = gathered;
  hash = mixed;
  return true;
}
