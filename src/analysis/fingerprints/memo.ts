import { mix } from '../flows/hash.ts';
import type { TlsHello } from '../names/tls-hello.ts';

/** Hellos that are remembered: a capture has many more flows than kinds of software. */
const SLOTS = 1024;
/** Numbers of a hello that is remembered; browsers send about 80. */
const LONGEST = 512;

export interface HelloFingerprints {
  /** JA3 of a client, JA3S of a server. */
  ja3: string;
  /** JA4, JA4S. */
  ja4: string;
}

interface Entry extends HelloFingerprints {
  numbers: Int32Array;
}

const scratch = new Int32Array(LONGEST);

/** Remembers the fingerprints of hellos by all that they are made from, so that each kind of hello is hashed once. */
export class FingerprintMemo {
  readonly #entries: (Entry | undefined)[] = Array.from({ length: SLOTS });

  /** The fingerprints of a hello that was read from `bytes`; `compute` makes those that are not remembered. */
  fingerprintsOf(hello: TlsHello, bytes: Uint8Array, compute: () => HelloFingerprints): HelloFingerprints {
    const length = writeNumbers(hello, bytes);
    if (length < 0) return compute();
    let hash = length;
    for (let index = 0; index < length; index++) hash = mix(hash, scratch[index]);
    const slot = hash & (SLOTS - 1);
    const known = this.#entries[slot];
    if (known !== undefined && isSame(known.numbers, length)) return known;
    const { ja3, ja4 } = compute();
    const entry = { ja3, ja4, numbers: scratch.slice(0, length) };
    this.#entries[slot] = entry;
    return entry;
  }
}

/** Writes all that fingerprints are made from; -1 where there is too much of it. */
function writeNumbers(hello: TlsHello, bytes: Uint8Array): number {
  scratch[0] = hello.version;
  // JA4 has of the first protocol its first and last byte.
  const hasAlpn = hello.alpnStart < hello.alpnEnd;
  scratch[1] = hasAlpn ? 0x10000 | (bytes[hello.alpnStart] << 8) | bytes[hello.alpnEnd - 1] : 0;
  let length = writeList(hello.ciphers, 2);
  length = writeList(hello.extensions, length);
  length = writeList(hello.groups, length);
  length = writeList(hello.pointFormats, length);
  length = writeList(hello.signatureAlgorithms, length);
  return writeList(hello.supportedVersions, length);
}

function writeList(values: readonly number[], at: number): number {
  if (at < 0 || at + 1 + values.length > LONGEST) return -1;
  scratch[at] = values.length;
  for (let index = 0; index < values.length; index++) scratch[at + 1 + index] = values[index];
  return at + 1 + values.length;
}

function isSame(numbers: Int32Array, length: number): boolean {
  if (numbers.length !== length) return false;
  for (let index = 0; index < length; index++) {
    if (numbers[index] !== scratch[index]) return false;
  }
  return true;
}
