import { ecb, gcm } from '@noble/ciphers/aes.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes } from '@noble/hashes/utils.js';

const KEY_LENGTH = 16;
const IV_LENGTH = 12;
const SECRET_LENGTH = 32;
export const SAMPLE_LENGTH = 16;
export const TAG_LENGTH = 16;

/** What differs between versions in how an Initial packet is protected. */
export interface QuicVersion {
  salt: Uint8Array;
  /** Before "key", "iv" and "hp" in the labels of what is derived. */
  labelPrefix: string;
  /** The bits of the first byte that make a long header an Initial (0x30), unprotected. */
  initialType: number;
}

const V1_SALT = hexToBytes('38762cf7f55934b34d179ae6a4c80cadccbb7f0a');
const DRAFT_29_SALT = hexToBytes('afbfec289993d24c9e9786f19c6111e04390a899');
const DRAFT_23_SALT = hexToBytes('c3eef712c72ebb5a11a7d2432bb46365bef9f502');
const V1: QuicVersion = { salt: V1_SALT, labelPrefix: 'quic ', initialType: 0x00 };
const DRAFT_23: QuicVersion = { salt: DRAFT_23_SALT, labelPrefix: 'quic ', initialType: 0x00 };
const DRAFT_29: QuicVersion = { salt: DRAFT_29_SALT, labelPrefix: 'quic ', initialType: 0x00 };

/**
 * Versions by number: 1 (RFC 9001, section 5.2), 2 (RFC 9369, section 3.3), and the drafts 23 to 34 of version 1, the
 * last two of which have its salt already.
 */
const VERSIONS: ReadonlyMap<number, QuicVersion> = new Map([
  [0x0000_0001, V1],
  [
    0x6b33_43cf,
    { salt: hexToBytes('0dede3def700a6db819381be6e269dcbf9bd2ed9'), labelPrefix: 'quicv2 ', initialType: 0x10 },
  ],
  [0xff00_0017, DRAFT_23],
  [0xff00_0018, DRAFT_23],
  [0xff00_0019, DRAFT_23],
  [0xff00_001a, DRAFT_23],
  [0xff00_001b, DRAFT_23],
  [0xff00_001c, DRAFT_23],
  [0xff00_001d, DRAFT_29],
  [0xff00_001e, DRAFT_29],
  [0xff00_001f, DRAFT_29],
  [0xff00_0020, DRAFT_29],
  [0xff00_0021, V1],
  [0xff00_0022, V1],
]);

/** The version of that number, undefined for one whose packets are not read. */
export function quicVersion(version: number): QuicVersion | undefined {
  return VERSIONS.get(version);
}

/** What protects the Initial packets of one side of a connection. */
export class InitialKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly headerKey: Uint8Array;

  constructor(version: QuicVersion, initialSecret: Uint8Array, side: 'client' | 'server') {
    const secret = expandLabel(initialSecret, `${side} in`, SECRET_LENGTH);
    this.key = expandLabel(secret, `${version.labelPrefix}key`, KEY_LENGTH);
    this.iv = expandLabel(secret, `${version.labelPrefix}iv`, IV_LENGTH);
    this.headerKey = expandLabel(secret, `${version.labelPrefix}hp`, KEY_LENGTH);
  }

  /** The first five bytes mask a header's first byte and packet number (RFC 9001, section 5.4.3). */
  headerMask(sample: Uint8Array): Uint8Array {
    return ecb(this.headerKey, { disablePadding: true }).encrypt(sample);
  }

  /** Decrypts what follows a header; null when it was not protected by these keys (section 5.3). */
  open(packetNumber: number, header: Uint8Array, sealed: Uint8Array): Uint8Array | null {
    try {
      return gcm(this.key, this.nonce(packetNumber), header).decrypt(sealed);
    } catch {
      return null;
    }
  }

  /** The nonce of a packet whose number is below 2^32, as that of an Initial is. */
  nonce(packetNumber: number): Uint8Array {
    const nonce = this.iv.slice();
    for (let index = 0; index < 4; index++) nonce[IV_LENGTH - 1 - index] ^= (packetNumber >>> (8 * index)) & 0xff;
    return nonce;
  }
}

/** The secret that both sides' keys come from, from the connection id that the client chose (RFC 9001, section 5.2). */
export function initialSecretOf(version: QuicVersion, connectionId: Uint8Array): Uint8Array {
  return extract(sha256, connectionId, version.salt);
}

/** HKDF-Expand-Label with an empty context (RFC 8446, section 7.1). */
function expandLabel(secret: Uint8Array, label: string, length: number): Uint8Array {
  const text = `tls13 ${label}`;
  const info = Uint8Array.from([0, length, text.length, ...Array.from(text, (letter) => letter.charCodeAt(0)), 0]);
  return expand(sha256, secret, info, length);
}
