import { u32 } from '../memory/numbers.ts';
import { type InitialKeys, type QuicVersion, quicVersion, SAMPLE_LENGTH, TAG_LENGTH } from './quic-keys.ts';
import type { Reassembly } from './reassembly.ts';

/** The bit below it is 1 in most packets, but need not be (RFC 9287). */
const LONG_HEADER = 0x80;
/** Bits of the first byte that are 0 under the protection (RFC 9000, section 17.2). */
const RESERVED_BITS = 0x0c;
const TYPE_BITS = 0x30;
const LONGEST_CONNECTION_ID = 20;
const PACKET_NUMBER_LIMIT = 4;

/** Initial packets looked into in one datagram: a client sends one or two. */
const MOST_COALESCED = 4;

const PADDING = 0x00;
const PING = 0x01;
const ACK = 0x02;
const ACK_WITH_ECN = 0x03;

/** Where the parts of an Initial packet lie in the bytes of its datagram. */
export interface InitialPacket {
  version: QuicVersion;
  start: number;
  connectionIdStart: number;
  connectionIdEnd: number;
  /** Where the protected packet number begins, and where the packet ends. */
  packetNumber: number;
  end: number;
}

/** Whether a datagram begins with a long header of a version that is read (RFC 9000, section 17.2). */
export function isQuicLongHeader(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > 7 && bytes[start] >= LONG_HEADER && quicVersion(u32(bytes, start + 1)) !== undefined;
}

/**
 * The Initial packets of a datagram in `bytes[start, end)` (RFC 9000, sections 12.2 and 17.2.2; RFC 9369, section 3.2,
 * for the types of version 2), past other packets with long headers that come before. One that the capture cut is left
 * out.
 */
export function initialPackets(bytes: Uint8Array, start: number, end: number): InitialPacket[] {
  const packets: InitialPacket[] = [];
  let at = start;
  while (packets.length < MOST_COALESCED && isQuicLongHeader(bytes, at, end)) {
    const packet = longHeaderPacket(bytes, at, end);
    if (packet === null) break;
    if ((bytes[at] & TYPE_BITS) === packet.version.initialType) packets.push(packet);
    at = packet.end;
  }
  return packets;
}

/** Null for a packet without a length (Retry), and for one that does not fit. */
function longHeaderPacket(bytes: Uint8Array, start: number, end: number): InitialPacket | null {
  const version = quicVersion(u32(bytes, start + 1));
  if (version === undefined) return null;
  const connectionIdStart = start + 6;
  const connectionIdEnd = connectionIdStart + bytes[start + 5];
  if (bytes[start + 5] > LONGEST_CONNECTION_ID || connectionIdEnd >= end) return null;
  reader.set(bytes, connectionIdEnd + 1 + bytes[connectionIdEnd], end);
  const type = bytes[start] & TYPE_BITS;
  if (type === ((version.initialType - 0x10) & TYPE_BITS)) return null;
  if (type === version.initialType) reader.skip(reader.varint());
  const length = reader.varint();
  const packetNumber = reader.at;
  const packetEnd = packetNumber + length;
  if (reader.failed || packetEnd > end || length < PACKET_NUMBER_LIMIT + SAMPLE_LENGTH) return null;
  return { version, start, connectionIdStart, connectionIdEnd, packetNumber, end: packetEnd };
}

/**
 * Removes the protection of an Initial packet (RFC 9001, sections 5.3 and 5.4) and gives its frames; null when it was
 * not protected by these keys.
 */
export function initialFrames(bytes: Uint8Array, packet: InitialPacket, keys: InitialKeys): Uint8Array | null {
  const { start, packetNumber: numberStart, end } = packet;
  const sample = numberStart + PACKET_NUMBER_LIMIT;
  const mask = keys.headerMask(bytes.subarray(sample, sample + SAMPLE_LENGTH));
  const firstByte = bytes[start] ^ (mask[0] & 0x0f);
  if ((firstByte & RESERVED_BITS) !== 0) return null;
  const payload = numberStart + (firstByte & 0x03) + 1;
  if (payload + TAG_LENGTH > end) return null;
  const header = bytes.slice(start, payload);
  header[0] = firstByte;
  let packetNumber = 0;
  for (let at = numberStart; at < payload; at++) {
    header[at - start] ^= mask[at - numberStart + 1];
    packetNumber = ((packetNumber << 8) | header[at - start]) >>> 0;
  }
  return keys.open(packetNumber, header, bytes.subarray(payload, end));
}

/**
 * Puts the content of CRYPTO frames (RFC 9000, section 19.6), which are of the type `crypto`, in its place. Returns
 * whether more of the beginning is there.
 */
export function addCryptoFrames(frames: Uint8Array, crypto: number, stream: Reassembly): boolean {
  let grew = false;
  reader.set(frames, 0, frames.length);
  while (reader.at < frames.length && !reader.failed) {
    const type = frames[reader.at++];
    if (type === PADDING || type === PING) continue;
    if (type === ACK || type === ACK_WITH_ECN) {
      skipAcknowledgement(type === ACK_WITH_ECN);
    } else if (type === crypto) {
      const offset = reader.varint();
      const length = reader.varint();
      const from = reader.at;
      reader.skip(length);
      if (!reader.failed && stream.add(offset, frames, from, from + length)) grew = true;
    } else {
      return grew;
    }
  }
  return grew;
}

/** Section 19.3: largest, delay, count of further ranges, first range, two numbers a range, three ECN counts. */
function skipAcknowledgement(withEcn: boolean): void {
  reader.varint();
  reader.varint();
  const numbers = 1 + 2 * reader.varint() + (withEcn ? 3 : 0);
  for (let index = 0; index < numbers && !reader.failed; index++) reader.varint();
}

/** Reads variable-length integers (section 16) up to an end; `failed` once something would lie behind it. */
class Reader {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  failed = false;

  set(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.failed = at > end;
  }

  skip(count: number): void {
    this.at += count;
    this.failed ||= this.at > this.end;
  }

  varint(): number {
    if (this.failed || this.at >= this.end) {
      this.failed = true;
      return 0;
    }
    const first = this.bytes[this.at];
    const length = 1 << (first >> 6);
    let value = first & 0x3f;
    for (let index = 1; index < length && this.at + index < this.end; index++) {
      value = value * 256 + this.bytes[this.at + index];
    }
    this.skip(length);
    return value;
  }
}

const reader = new Reader();
