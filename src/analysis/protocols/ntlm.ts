import { u16LittleEndian, u32LittleEndian } from '../memory/numbers.ts';

/** "NTLMSSP" and a zero ([MS-NLMP], section 2.2.1). */
const SIGNATURE = [0x4e, 0x54, 0x4c, 0x4d, 0x53, 0x53, 0x50, 0];
const CHALLENGE = 2;
const AUTHENTICATE = 3;
const FLAG_UNICODE = 1;
/** The message carries the version of the system that made it (section 2.2.2.10). */
const FLAG_VERSION = 0x0200_0000;
/** Places of fields, from the signature on: pairs of length and offset, flags and version. */
const CHALLENGE_FLAGS = 20;
const CHALLENGE_INFO = 40;
const CHALLENGE_VERSION = 48;
const DOMAIN = 28;
const USER = 36;
const WORKSTATION = 44;
const FLAGS = 60;
const VERSION = 64;
/** Pairs of a challenge that name the server (section 2.2.2.1). */
const COMPUTER = 1;
const DNS_COMPUTER = 3;
const MOST_PAIRS = 16;
const LONGEST_TEXT = 128;

/** What a message of NTLM says of who sent it. Texts are '' where they are not told. */
export interface NtlmSender {
  /** A server's challenge names the server; an authentication the client and its user. */
  isServer: boolean;
  user: string;
  domain: string;
  machine: string;
  /** "10.0 build 19041". */
  version: string;
}

/** The NTLM message that begins anywhere in `bytes[start, end)`; null where there is none that names anybody. */
export function ntlmSender(bytes: Uint8Array, start: number, end: number): NtlmSender | null {
  const at = signatureAt(bytes, start, end);
  if (at < 0 || at + CHALLENGE_INFO > end) return null;
  const type = u32LittleEndian(bytes, at + SIGNATURE.length);
  if (type === CHALLENGE) return challenge(bytes, at, end);
  if (type !== AUTHENTICATE || at + FLAGS + 4 > end) return null;
  const flags = u32LittleEndian(bytes, at + FLAGS);
  const text = (place: number): string => fieldText(bytes, at, at + place, end, (flags & FLAG_UNICODE) !== 0);
  const version = (flags & FLAG_VERSION) === 0 ? '' : versionText(bytes, at + VERSION, end);
  return { isServer: false, user: text(USER), domain: text(DOMAIN), machine: text(WORKSTATION), version };
}

function challenge(bytes: Uint8Array, at: number, end: number): NtlmSender | null {
  const flags = u32LittleEndian(bytes, at + CHALLENGE_FLAGS);
  const sender = { isServer: true, user: '', domain: '', machine: '', version: '' };
  if (at + CHALLENGE_VERSION > end) return null;
  if ((flags & FLAG_VERSION) !== 0) sender.version = versionText(bytes, at + CHALLENGE_VERSION, end);
  let pair = at + u32LittleEndian(bytes, at + CHALLENGE_INFO + 4);
  for (let count = 0; count < MOST_PAIRS && pair + 4 <= end && pair > at; count++) {
    const kind = u16LittleEndian(bytes, pair);
    const next = pair + 4 + u16LittleEndian(bytes, pair + 2);
    if (kind === 0 || next > end) break;
    const isFuller = kind === DNS_COMPUTER || (kind === COMPUTER && sender.machine === '');
    if (isFuller) sender.machine = decoded(bytes, pair + 4, next, true);
    pair = next;
  }
  return sender;
}

function signatureAt(bytes: Uint8Array, start: number, end: number): number {
  const last = end - SIGNATURE.length - 4;
  for (let at = start; at <= last; at++) {
    if (bytes[at] !== SIGNATURE[0]) continue;
    let length = 1;
    while (length < SIGNATURE.length && bytes[at + length] === SIGNATURE[length]) length++;
    if (length === SIGNATURE.length) return at;
  }
  return -1;
}

/** A text by its length and its offset from the signature. */
function fieldText(bytes: Uint8Array, at: number, field: number, end: number, isUnicode: boolean): string {
  const start = at + u32LittleEndian(bytes, field + 4);
  const textEnd = start + u16LittleEndian(bytes, field);
  return textEnd > end ? '' : decoded(bytes, start, textEnd, isUnicode);
}

/** A text in UTF-16, or in whatever code page the client had, of which ASCII is what is sure. */
function decoded(bytes: Uint8Array, start: number, end: number, isUnicode: boolean): string {
  let text = '';
  const step = isUnicode ? 2 : 1;
  for (let at = start; at + step <= end && text.length < LONGEST_TEXT; at += step) {
    text += String.fromCharCode(isUnicode ? u16LittleEndian(bytes, at) : bytes[at]);
  }
  return text;
}

/** Major, minor, build; zeros stand for nothing told. */
function versionText(bytes: Uint8Array, at: number, end: number): string {
  if (at + 4 > end || bytes[at] === 0) return '';
  const build = u16LittleEndian(bytes, at + 2);
  return `${bytes[at]}.${bytes[at + 1]}${build === 0 ? '' : ` build ${build}`}`;
}
