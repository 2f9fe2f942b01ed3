/** Hellos that are remembered: a capture has many more flows than kinds of software. */
const SLOTS = 1024;
/** Bytes of a hello that is remembered which fingerprints are made from; browsers send about 150. */
const LONGEST = 1024;

const VERSION_AND_RANDOM = 34;
/** Extensions whose content counts: groups, point formats, signature algorithms, ALPN, versions. Of others the type does. */
const CONTENT_COUNTS = new Set([10, 11, 13, 16, 43]);

export interface HelloFingerprints {
  /** JA3 of a client, JA3S of a server. */
  ja3: string;
  /** JA4, JA4S. */
  ja4: string;
}

interface Entry {
  content: Uint8Array;
  fingerprints: HelloFingerprints;
}

const scratch = new Uint8Array(LONGEST);
let length = 0;
let hash = 0;

/** Remembers the fingerprints of hellos by all that they are made from, so that each kind of hello is read and hashed once. */
export class FingerprintMemo {
  readonly #entries: (Entry | undefined)[] = Array.from({ length: SLOTS });
  readonly #fromClient: boolean;

  /** For the hellos of clients, or of servers, over one transport. */
  constructor(fromClient: boolean) {
    this.#fromClient = fromClient;
  }

  /**
   * The fingerprints of the hello whose body is `bytes[start, end)`. `compute` makes those that are not remembered, or
   * gives null for a hello that does not fit into itself.
   */
  fingerprintsOf(bytes: Uint8Array, start: number, end: number, compute: () => HelloFingerprints | null): HelloFingerprints | null {
    if (!gather(bytes, start, end, this.#fromClient)) return compute();
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#entries[slot];
    if (known !== undefined && isGathered(known.content)) return known.fingerprints;
    const content = scratch.slice(0, length);
    const fingerprints = compute();
    if (fingerprints !== null) this.#entries[slot] = { content, fingerprints };
    return fingerprints;
  }
}

/** Gathers what counts of a hello in `scratch`; false where it does not fit, there or into itself. */
function gather(bytes: Uint8Array, start: number, end: number, fromClient: boolean): boolean {
  length = 0;
  hash = 0;
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
    if (!take(bytes, at, CONTENT_COUNTS.has(u16(bytes, at)) ? contentEnd : at + 2)) return false;
    at = contentEnd;
  }
  return true;
}

function take(bytes: Uint8Array, start: number, end: number): boolean {
  if (length + end - start > LONGEST) return false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    scratch[length++] = byte;
    hash = Math.imul(hash ^ byte, 0x0100_0193);
  }
  return true;
}

function isGathered(content: Uint8Array): boolean {
  if (content.length !== length) return false;
  for (let index = 0; index < length; index++) {
    if (content[index] !== scratch[index]) return false;
  }
  return true;
}

function u16(bytes: Uint8Array, at: number): number {
  return bytes[at] * 256 + bytes[at + 1];
}
