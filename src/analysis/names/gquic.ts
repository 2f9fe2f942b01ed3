import { nameText } from './text.ts';

const VERSION_PRESENT = 0x01;
const LONG_HEADER = 0x80;
/** Where the version is: behind the first byte, and behind the connection id in the older header. */
const VERSION_IN_LONG_HEADER = 1;
const VERSION_IN_PUBLIC_HEADER = 9;
const VERSION_LENGTH = 4;
/** Packet number, hash and frame header lie between the version and the message. */
const MOST_BETWEEN = 48;

const VERSION = [0x51, 0x30];
const CLIENT_HELLO = [0x43, 0x48, 0x4c, 0x4f];
const SERVER_NAME = [0x53, 0x4e, 0x49, 0x00];
const TAG_LENGTH = 4;
const ENTRY_LENGTH = 8;

/** Whether a datagram begins like Google's QUIC before the IETF's, whose versions are "Q0" and two digits. */
export function isGoogleQuic(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > VERSION_IN_PUBLIC_HEADER + VERSION_LENGTH && (bytes[start] & (LONG_HEADER | VERSION_PRESENT)) !== 0
    && hasTag(bytes, versionPlace(bytes, start), VERSION);
}

/**
 * The server name of a CHLO in the clear ("QUIC Crypto", Langley and Chang, 2016: tags, each with the end of its value,
 * then the values) in `bytes[start, end)`; '' without one.
 */
export function googleQuicServerName(bytes: Uint8Array, start: number, end: number): string {
  const version = versionPlace(bytes, start);
  const last = Math.min(version + VERSION_LENGTH + MOST_BETWEEN, end - ENTRY_LENGTH);
  for (let at = version + VERSION_LENGTH; at < last; at++) {
    if (bytes[at] === CLIENT_HELLO[0] && hasTag(bytes, at, CLIENT_HELLO)) return serverName(bytes, at, end);
  }
  return '';
}

function serverName(bytes: Uint8Array, hello: number, end: number): string {
  const entries = hello + ENTRY_LENGTH;
  const values = entries + (bytes[hello + 4] | (bytes[hello + 5] << 8)) * ENTRY_LENGTH;
  let valueStart = values;
  for (let entry = entries; entry < values && entry + ENTRY_LENGTH <= end; entry += ENTRY_LENGTH) {
    const valueEnd = values + u32(bytes, entry + TAG_LENGTH);
    if (hasTag(bytes, entry, SERVER_NAME)) return valueEnd <= end ? nameText(bytes, valueStart, valueEnd) : '';
    valueStart = valueEnd;
  }
  return '';
}

function versionPlace(bytes: Uint8Array, start: number): number {
  return start + ((bytes[start] & LONG_HEADER) === 0 ? VERSION_IN_PUBLIC_HEADER : VERSION_IN_LONG_HEADER);
}

function hasTag(bytes: Uint8Array, at: number, tag: readonly number[]): boolean {
  return tag.every((byte, index) => bytes[at + index] === byte);
}

/** Google's QUIC has its numbers in little-endian order. */
function u32(bytes: Uint8Array, at: number): number {
  return bytes[at] + (bytes[at + 1] << 8) + (bytes[at + 2] << 16) + bytes[at + 3] * 0x100_0000;
}
