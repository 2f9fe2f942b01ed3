import { gcm } from '@noble/ciphers/aes.js';
import { InitialKeys, initialSecretOf, quicVersion } from '../../../src/analysis/protocols/quic-keys.ts';
import { concat, latin1, u16, u32 } from './bytes.ts';

export const QUIC_1 = 1;
export const QUIC_2 = 0x6b33_43cf;
export const QUIC_DRAFT_22 = 0xff00_0016;
export const QUIC_DRAFT_29 = 0xff00_001d;
/** Of Facebook, after drafts 22 and 27. */
export const QUIC_MVFST_22 = 0xface_b001;
export const QUIC_MVFST_27 = 0xface_b002;
/** Of Google: with a hello of its own, and with that of TLS. */
export const QUIC_Q050 = 0x5130_3530;
export const QUIC_T051 = 0x5430_3531;
/** Kept free to have servers tell their versions. */
export const QUIC_RESERVED = 0x1a2a_3a4a;

const PACKET_NUMBER_LENGTH = 4;
const TAG_LENGTH = 16;
const SAMPLE_LENGTH = 16;

export interface InitialOptions {
  version: number;
  /** The connection id that the client chose: the keys come from it. */
  clientConnectionId: Uint8Array;
  side?: 'client' | 'server';
  /** Connection ids in the header, which the packets after the first may have others of. */
  destination?: Uint8Array;
  source?: Uint8Array;
  packetNumber?: number;
  packetNumberLength?: number;
  token?: Uint8Array;
  /** The bit of the first byte that is 1 in most packets (RFC 9000, section 17.2). */
  fixedBit?: 0 | 1;
  /** Bytes that the frames are filled up to with PADDING. */
  paddedTo?: number;
}

/** A CRYPTO frame (RFC 9000, section 19.6) with a piece of a stream; of another type in Google's versions. */
export function cryptoFrame(offset: number, data: Uint8Array, type = 6): Uint8Array {
  return concat([type], varint2(offset), varint2(data.length), data);
}

/** A protected Initial packet (RFC 9000, section 17.2.2; RFC 9001, sections 5.3 and 5.4). */
export function quicInitial(frames: Uint8Array, options: InitialOptions): Uint8Array {
  const {
    version: number,
    clientConnectionId,
    side = 'client',
    destination = clientConnectionId,
    source = new Uint8Array(0),
    packetNumber = 0,
    packetNumberLength = PACKET_NUMBER_LENGTH,
    token = new Uint8Array(0),
    fixedBit = 1,
    paddedTo = frames.length,
  } = options;
  const version = quicVersion(number);
  if (version === undefined) throw new Error(`no version ${number}`);
  const keys = new InitialKeys(version, initialSecretOf(version, clientConnectionId), side);
  const plain = concat(frames, new Uint8Array(Math.max(0, paddedTo - frames.length)));
  const header = concat(
    [0x80 | (fixedBit << 6) | version.initialType | (packetNumberLength - 1)],
    u32(number),
    [destination.length],
    destination,
    [source.length],
    source,
    token.length === 0 ? [0] : varint2(token.length),
    token,
    varint2(packetNumberLength + plain.length + TAG_LENGTH),
    u32(packetNumber).slice(4 - packetNumberLength),
  );
  const sealed = gcm(keys.key, keys.nonce(packetNumber), header).encrypt(plain);
  const packet = concat(header, sealed);
  const numberAt = header.length - packetNumberLength;
  const sample = numberAt + PACKET_NUMBER_LENGTH;
  const mask = keys.headerMask(packet.subarray(sample, sample + SAMPLE_LENGTH));
  packet[0] ^= mask[0] & 0x0f;
  for (let index = 0; index < packetNumberLength; index++) packet[numberAt + index] ^= mask[index + 1];
  return packet;
}

/** A hello of Google's QUIC with values by tag, in that order ("QUIC Crypto", A. Langley and W.-T. Chang, 2016). */
export function quicChlo(values: Readonly<Record<string, string>>): Uint8Array {
  const entries: Uint8Array[] = [];
  let length = 0;
  for (const [tag, value] of Object.entries(values)) {
    length += value.length;
    entries.push(concat(latin1(tag), [length & 0xff, length >> 8, 0, 0]));
  }
  return concat(latin1('CHLO'), [entries.length, 0, 0, 0], ...entries, latin1(Object.values(values).join('')));
}

/** A number below 2^14 in two bytes (RFC 9000, section 16). */
function varint2(value: number): number[] {
  return u16(0x4000 | value);
}
