import { nameText } from './text.ts';

export const NETBIOS_NAME_PORT = 137;
export const NETBIOS_DATAGRAM_PORT = 138;

/** A name on the wire: its length, 16 characters as two letters each, of which the last is the name's type. */
const ENCODED_LENGTH = 32;
const NAME_LENGTH = 15;
const LETTER_A = 0x41;

/** Header of the name service (RFC 1002, section 4.2.1) and of a datagram with one source name (section 4.4.1). */
const NAME_HEADER = 12;
const DATAGRAM_HEADER = 14;

/** Types of names that are a machine's own: workstation and file server. */
const MACHINE_TYPES: ReadonlySet<number> = new Set([0x00, 0x20]);
/** Operations by which a machine claims a name (section 4.2.1.1): registration, refresh, and refresh as Windows has it. */
const CLAIMS: ReadonlySet<number> = new Set([5, 8, 9]);
/** From a message's start: flags of the name that is claimed, behind a question and the head of a record. */
const NAME_FLAGS = 62;
const GROUP = 0x80;

const decoded = new Uint8Array(NAME_LENGTH);

/** The name that a NetBIOS name service message in `bytes[start, end)` asks for or registers, '' without one. */
export function netbiosName(bytes: Uint8Array, start: number, end: number): string {
  return decodedName(bytes, start + NAME_HEADER, end);
}

/** The sender's name of a NetBIOS datagram, '' without one. */
export function netbiosDatagramSource(bytes: Uint8Array, start: number, end: number): string {
  return decodedName(bytes, start + DATAGRAM_HEADER, end);
}

/** The machine's own name that a name service message in `bytes[start, end)` claims for its sender, '' for none. */
export function netbiosClaim(bytes: Uint8Array, start: number, end: number): string {
  const operation = (bytes[start + 2] >> 3) & 15;
  const isRequest = bytes[start + 2] < 0x80;
  if (start + NAME_FLAGS >= end || !isRequest || !CLAIMS.has(operation)) return '';
  return (bytes[start + NAME_FLAGS] & GROUP) === 0 ? machineName(bytes, start + NAME_HEADER, end) : '';
}

/** The machine's own name that the NetBIOS datagram in `bytes[start, end)` was sent under, '' for none. */
export function netbiosSender(bytes: Uint8Array, start: number, end: number): string {
  return machineName(bytes, start + DATAGRAM_HEADER, end);
}

function machineName(bytes: Uint8Array, at: number, end: number): string {
  const name = decodedName(bytes, at, end);
  const type = ((bytes[at + ENCODED_LENGTH - 1] - LETTER_A) << 4) | (bytes[at + ENCODED_LENGTH] - LETTER_A);
  return name !== '' && MACHINE_TYPES.has(type) ? name : '';
}

/** First-level encoding (RFC 1001, section 14.1): half a byte a letter, counted from A; filled up with spaces. */
function decodedName(bytes: Uint8Array, at: number, end: number): string {
  if (at + 1 + ENCODED_LENGTH > end || bytes[at] !== ENCODED_LENGTH) return '';
  for (let index = 0; index < NAME_LENGTH; index++) {
    const high = bytes[at + 1 + 2 * index] - LETTER_A;
    const low = bytes[at + 2 + 2 * index] - LETTER_A;
    if (high < 0 || high > 15 || low < 0 || low > 15) return '';
    decoded[index] = (high << 4) | low;
  }
  return nameText(decoded, 0, NAME_LENGTH);
}
