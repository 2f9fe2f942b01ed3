import { gcm } from '@noble/ciphers/aes.js';
import { InitialKeys, initialSecretOf, quicVersion } from '../../../src/analysis/protocols/quic-keys.ts';
import { concat, u16, u32 } from './bytes.ts';

export const QUIC_1 = 1;
export const QUIC_2 = 0x6b33_43cf;
export const QUIC_DRAFT_29 = 0xff00_001d;

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
  /** Bytes that the frames are filled up to with PADDING. */
  paddedTo?: number;
}

/** A CRYPTO frame (RFC 9000, section 19.6) with a piece of a stream. */
export function cryptoFrame(offset: number, data: Uint8Array): Uint8Array {
  return concat([6], varint2(offset), varint2(data.length), data);
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
    paddedTo = frames.length,
  } = options;
  const version = quicVersion(number);
  if (version === undefined) throw new Error(`no version ${number}`);
  const keys = new InitialKeys(version, initialSecretOf(version, clientConnectionId), side);
  const plain = concat(frames, new Uint8Array(Math.max(0, paddedTo - frames.length)));
  const header = concat(
    [0xc0 | version.initialType | (packetNumberLength - 1)],
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

/** A number below 2^14 in two bytes (RFC 9000, section 16). */
function varint2(value: number): number[] {
  return u16(0x4000 | value);
}
