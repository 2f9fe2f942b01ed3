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
  /** The type of the frames that bring the handshake. */
  cryptoFrame: number;
}

const CRYPTO = 0x06;
/** Of Google's versions. */
const GOOGLE_CRYPTO = 0x08;

/** A version like version 1 but for its salt. */
function likeVersion1(salt: string, cryptoFrame = CRYPTO): QuicVersion {
  return { salt: hexToBytes(salt), labelPrefix: 'quic ', initialType: 0x00, cryptoFrame };
}

const V1 = likeVersion1('38762cf7f55934b34d179ae6a4c80cadccbb7f0a');
const V2 = {
  ...V1,
  salt: hexToBytes('0dede3def700a6db819381be6e269dcbf9bd2ed9'),
  labelPrefix: 'quicv2 ',
  initialType: 0x10,
};
const DRAFT_21 = likeVersion1('7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a');
const DRAFT_23 = likeVersion1('c3eef712c72ebb5a11a7d2432bb46365bef9f502');
const DRAFT_29 = likeVersion1('afbfec289993d24c9e9786f19c6111e04390a899');

/**
 * Versions by number: 1 (RFC 9001, section 5.2), 2 (RFC 9369, section 3.3), the drafts 21 to 34 of version 1, the last
 * two of which have its salt already, the first draft of version 2, Facebook's of three drafts, and Google's last three:
 * with its own hello (Q050) and with that of TLS.
 */
const VERSIONS: ReadonlyMap<number, QuicVersion> = new Map([
  [0x0000_0001, V1],
  [0x6b33_43cf, V2],
  [0xff00_0015, DRAFT_21],
  [0xff00_0016, DRAFT_21],
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
  [0xff02_0000, { ...V1, salt: hexToBytes('a707c203a59b47184a1d62ca570406ea7ae3e5d3'), labelPrefix: 'quicv2 ' }],
  [0xface_b001, DRAFT_21],
  [0xface_b002, DRAFT_23],
  [0xface_b00e, DRAFT_23],
  [0x5130_3530, likeVersion1('504574efd066fe2f9d945cfcdbd3a7f0d3b56b45', GOOGLE_CRYPTO)],
  [0x5430_3530, likeVersion1('7ff579e5acd072915580304c43a2367c60488310', GOOGLE_CRYPTO)],
  [0x5430_3531, likeVersion1('7a4edef4e7ccee5fa4506c19124fc8ccda6e033d', GOOGLE_CRYPTO)],
]);

/** Whether a number is kept free to have servers tell their versions: 0x?a?a?a?a (RFC 9000, section 15). */
export function isReservedVersion(version: number): boolean {
  return (version & 0x0f0f_0f0f) === 0x0a0a_0a0a;
}

/**
 * The version of that number, undefined for one whose packets are not read. Who asks with a reserved one protects it as
 * the version at hand: seen was draft 29.
 */
export function quicVersion(version: number): QuicVersion | undefined {
  return VERSIONS.get(version) ?? (isReservedVersion(version) ? DRAFT_29 : undefined);
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
