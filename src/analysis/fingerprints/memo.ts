import { mix } from '../flows/hash.ts';

/** Hellos that are remembered: a capture has many more flows than kinds of software. */
const SLOTS = 1024;
/** Words of a hello that is remembered, of four bytes which fingerprints are made from; browsers send about 150 bytes. */
const LONGEST = 256;

const VERSION_AND_RANDOM = 34;
const SERVER_NAME = 0;
/** 1 for extensions whose content counts: groups, point formats, signature algorithms, ALPN, versions. Of others the type does. */
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

/** Remembers the fingerprints of hellos by all that they are made from, so that each kind of hello is read and hashed once. */
export class FingerprintMemo {
  /** Content of the first server name extension of the hello given last: both 0 without one, -1 where it was not walked through. */
  serverNameStart = 0;
  serverNameEnd = 0;
  readonly #entries: (Entry | undefined)[] = Array.from({ length: SLOTS });
  readonly #fromClient: boolean;
  readonly #compute: FingerprintMaker;

  /** For the hellos of clients, or of servers, over one transport. `compute` makes fingerprints that are not remembered. */
  constructor(fromClient: boolean, compute: FingerprintMaker) {
    this.#fromClient = fromClient;
    this.#compute = compute;
  }

  /** The fingerprints of the hello whose body is `bytes[start, end)`; null for a hello that does not fit into itself. */
  fingerprintsOf(bytes: Uint8Array, start: number, end: number): HelloFingerprints | null {
    const isWhole = gather(bytes, start, end, this.#fromClient);
    this.serverNameStart = isWhole ? nameStart : -1;
    this.serverNameEnd = isWhole ? nameEnd : -1;
    if (!isWhole) return this.#compute(bytes, start, end);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#entries[slot];
    if (known !== undefined && isGathered(known.content)) return known.fingerprints;
    const content = scratch.slice(0, length);
    const fingerprints = this.#compute(bytes, start, end);
    if (fingerprints !== null) this.#entries[slot] = { content, fingerprints };
    return fingerprints;
  }
}

/** Gathers what counts of a hello in `scratch`; false where it does not fit, there or into itself. */
function gather(bytes: Uint8Array, start: number, end: number, fromClient: boolean): boolean {
  length = hash = 0;
  nameStart = nameEnd = 0;
  let at = start + VERSION_AND_RANDOM;
  if (at + 1 > end || !take(bytes, start, start + 2)) return false;
  at += 1 + bytes[at];
  if (at + 2 > end) return false;
  const ciphersEnd = at + 2 + (fromClient ? u16(bytes, at) : 0);
  if (ciphersEnd + 1 > end || !take(bytes, at, ciphersEnd)) return false;
  at = ciphersEnd + (fromClient ? 1 + bytes[ciphersEnd] : 1);
  if (at >= end) return at === end;
  if (at + 2 > end || at + 2 + u16(bytes, at) > end) return false;
  const extensionsEnd = at + 2 + u16(bytes, at);
  for (at += 2; at < extensionsEnd;) {
    const content = at + 4;
    if (content > extensionsEnd) return false;
    const contentEnd = content + u16(bytes, at + 2);
    if (contentEnd > extensionsEnd) return false;
    const type = u16(bytes, at);
    if (!take(bytes, at, CONTENT_COUNTS[type] === 1 ? contentEnd : at + 2)) return false;
    if (type === SERVER_NAME && nameEnd === 0) {
      nameStart = content;
      nameEnd = contentEnd;
    }
    at = contentEnd;
  }
  return true;
}

/** Takes bytes by fours; the fewer than four left are a word with how many they are, so that different hellos stay different. */
function take(bytes: Uint8Array, start: number, end: number): boolean {
  if (length + ((end - start) >> 2) + 1 > LONGEST) return false;
  let at = start;
  let to = length;
  let mixed = hash;
  for (; at + 3 < end; at += 4) {
    const word = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    scratch[to++] = word;
    mixed = mix(mixed, word);
  }
  let rest = end - at;
  for (; at < end; at++) rest = (rest << 8) | bytes[at];
  scratch[to++] = rest;
  length = to;
  hash = mix(mixed, rest);
  return true;
}

function isGathered(content: Int32Array): boolean {
  if (content.length !== length) return false;
  for (let index = 0; index < length; index++) {
    if (content[index] !== scratch[index]) return false;
  }
  return true;
}

function u16(bytes: Uint8Array, at: number): number {
  return bytes[at] * 256 + bytes[at + 1];
}
