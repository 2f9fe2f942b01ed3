import { wordAt } from '../net/address-text.ts';
import { macAt } from '../net/mac.ts';
import { dottedName } from './dns.ts';
import { headerText } from './http-headers.ts';
import { nameText } from './text.ts';

export const DHCP_SERVER_PORT = 67;
export const DHCP_CLIENT_PORT = 68;

/** Fixed fields of a BOOTP message and the magic cookie before the options (RFC 2131, section 2). */
const COOKIE = 236;
const OPTIONS = 240;
const OPTION_PAD = 0;
const OPTION_HOST_NAME = 12;
const OPTION_ASKED_ADDRESS = 50;
const OPTION_MESSAGE_TYPE = 53;
const OPTION_VENDOR_CLASS = 60;
const OPTION_FULL_NAME = 81;
const OPTION_END = 255;
/** Flags and two result codes before the name (RFC 4702, section 2), and the flag that it is in labels. */
const FULL_NAME_HEAD = 3;
const IN_LABELS = 4;
/** Places in a message, what its first byte says of a request, and message types (RFC 2132, section 9.6). */
const CLIENT_ADDRESS = 12;
const YOUR_ADDRESS = 16;
const HARDWARE_ADDRESS = 28;
const BOOT_REQUEST = 1;
const ETHERNET = 1;
const MAC_LENGTH = 6;
const REQUEST = 3;
const ACK = 5;
const NAK = 6;
const NONE = -1;
/** By code: where the message at hand has the option. */
const optionsAt = new Int32Array(256);

/**
 * What a message says of a client with an Ethernet adapter. Texts are '' where they are not told; addresses are words of IPv4,
 * 0 where they are not.
 */
export interface DhcpClient {
  mac: number;
  /** The address that it has, by its own word or by the server's. */
  address: number;
  /** The address that it asks for: it may get another. */
  asked: number;
  /** Whether it does not get the one that it asked for. */
  isRefused: boolean;
  /** Names that it gives itself, the fuller one first, and the class of its software. */
  names: string[];
  vendorClass: string;
}

/** The client's host name (RFC 2132, section 3.14) of a DHCP message in `bytes[start, end)`, '' without one. */
export function dhcpHostName(bytes: Uint8Array, start: number, end: number): string {
  return hostName(bytes, dhcpOption(bytes, start, end, OPTION_HOST_NAME));
}

/** The client of the DHCP message in `bytes[start, end)`; null for something else, and for replies that give nothing. */
export function dhcpClient(bytes: Uint8Array, start: number, end: number): DhcpClient | null {
  if (bytes[start + 1] !== ETHERNET || bytes[start + 2] !== MAC_LENGTH) return null;
  const places = optionPlaces(bytes, start, end);
  const typeAt = places[OPTION_MESSAGE_TYPE];
  if (typeAt === NONE) return null;
  const mac = macAt(bytes, start + HARDWARE_ADDRESS);
  const client = { mac, address: 0, asked: 0, isRefused: false, names: [], vendorClass: '' };
  const own = addressAt(bytes, start + CLIENT_ADDRESS);
  if (bytes[start] !== BOOT_REQUEST) {
    if (bytes[typeAt] === NAK) return { ...client, isRefused: true };
    const given = addressAt(bytes, start + YOUR_ADDRESS) || own;
    return bytes[typeAt] === ACK && given !== 0 ? { ...client, address: given } : null;
  }
  const askedAt = places[OPTION_ASKED_ADDRESS];
  const classAt = places[OPTION_VENDOR_CLASS];
  return {
    ...client,
    address: own,
    asked: askedAt === NONE || bytes[typeAt] !== REQUEST ? 0 : addressAt(bytes, askedAt),
    names: [fullName(bytes, places[OPTION_FULL_NAME]), hostName(bytes, places[OPTION_HOST_NAME])].filter(
      (name) => name !== '',
    ),
    vendorClass: classAt === NONE ? '' : headerText(bytes, classAt, textEnd(bytes, classAt, classAt)),
  };
}

function hostName(bytes: Uint8Array, at: number): string {
  return at === NONE ? '' : nameText(bytes, at, textEnd(bytes, at, at));
}

/**
 * Where the text from `start` on ends that is in the option whose content begins at `at`: some put zeros behind it (RFC 2132,
 * section 2).
 */
function textEnd(bytes: Uint8Array, at: number, start: number): number {
  let end = Math.max(start, at + bytes[at - 1]);
  while (end > start && bytes[end - 1] === 0) end--;
  return end;
}

function fullName(bytes: Uint8Array, at: number): string {
  if (at === NONE) return '';
  const name = at + FULL_NAME_HEAD;
  if ((bytes[at] & IN_LABELS) === 0) return nameText(bytes, name, textEnd(bytes, at, name));
  return dottedName(bytes, name, at + bytes[at - 1]);
}

/** An address of four bytes. */
function addressAt(bytes: Uint8Array, at: number): number {
  return wordAt(bytes, at) >>> 0;
}

/**
 * Where the first option with a code has its content (its length is the byte before that) in the DHCP message in
 * `bytes[start, end)`; -1 without one that lies in the message as a whole.
 */
export function dhcpOption(bytes: Uint8Array, start: number, end: number, wanted: number): number {
  return optionPlaces(bytes, start, end)[wanted];
}

/** The same of all options, by code, until the next message is looked at. */
function optionPlaces(bytes: Uint8Array, start: number, end: number): Int32Array {
  optionsAt.fill(NONE);
  if (end - start < OPTIONS || !hasCookie(bytes, start + COOKIE)) return optionsAt;
  let at = start + OPTIONS;
  while (at < end) {
    const code = bytes[at++];
    if (code === OPTION_PAD) continue;
    if (code === OPTION_END || at >= end) break;
    const length = bytes[at++];
    if (at + length > end) break;
    if (optionsAt[code] === NONE) optionsAt[code] = at;
    at += length;
  }
  return optionsAt;
}

function hasCookie(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x63 && bytes[at + 1] === 0x82 && bytes[at + 2] === 0x53 && bytes[at + 3] === 0x63;
}
