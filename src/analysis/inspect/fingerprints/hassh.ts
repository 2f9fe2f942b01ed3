import { u32 } from '../../memory/numbers.ts';
import { md5Hex } from './digest.ts';

const LINE_FEED = 0x0a;
const SEMICOLON = 0x3b;
const KEXINIT = 20;
/** Length of the packet, length of its padding, message number, cookie. */
const LISTS_AT = 4 + 1 + 1 + 16;
/** Lists of a KEXINIT up to the compression of both directions. */
const LISTS = 8;
/** A server may send this many lines before the one with its version; more is no SSH. */
const MOST_LINES = 32;

/** Which of the ten lists make up the fingerprint: key exchange, then cipher, MAC and compression of that direction. */
const CLIENT_LISTS = [0, 2, 4, 6];
const SERVER_LISTS = [0, 3, 5, 7];

/**
 * The HASSH of a client, or of a server, from what it sends first: `bytes[start, end)` holds its identification line
 * (RFC 4253, section 4.2) and its KEXINIT (section 7.1), or the KEXINIT packet alone. 32 hexadecimal digits, '' when
 * this is not what SSH sends, null when the bytes end before that is known (https://github.com/salesforce/hassh).
 */
export function hassh(bytes: Uint8Array, start: number, end: number, client: boolean): string | null {
  const packet = kexInit(bytes, start, end);
  if (packet < 0) return packet === UNDECIDED ? null : '';
  const lists = packet + LISTS_AT;
  const wanted = client ? CLIENT_LISTS : SERVER_LISTS;
  const text = new Uint8Array(end - lists + wanted.length);
  let length = 0;
  let at = lists;
  for (let list = 0; list < LISTS; list++) {
    if (at + 4 > end) return null;
    const from = at + 4;
    const listEnd = from + u32(bytes, at);
    if (listEnd > packet + 4 + u32(bytes, packet)) return '';
    if (listEnd > end) return null;
    if (wanted.includes(list)) {
      if (length > 0) text[length++] = SEMICOLON;
      text.set(bytes.subarray(from, listEnd), length);
      length += listEnd - from;
    }
    at = listEnd;
  }
  return md5Hex(text.subarray(0, length));
}

/** Whether the bytes begin like an identification line. */
export function isSshIdentification(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    end - start >= 4 &&
    bytes[start] === 0x53 &&
    bytes[start + 1] === 0x53 &&
    bytes[start + 2] === 0x48 &&
    bytes[start + 3] === 0x2d
  );
}

const UNDECIDED = -1;
const NEVER = -2;

/** Where the KEXINIT packet begins: behind the identification, before which a server may send lines of its own. */
function kexInit(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  if (bytes[start] !== 0) {
    for (let line = 0; ; line++) {
      if (line === MOST_LINES) return NEVER;
      const identification = isSshIdentification(bytes, at, end);
      while (at < end && bytes[at] !== LINE_FEED) at++;
      if (at === end) return UNDECIDED;
      at++;
      if (identification) break;
    }
  }
  if (at + LISTS_AT > end) return UNDECIDED;
  return bytes[at + 5] === KEXINIT ? at : NEVER;
}
