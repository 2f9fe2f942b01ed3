const LONGEST_NAME = 64;
/** Names that stand for nobody. */
const NOBODY: ReadonlySet<string> = new Set(['anonymous', 'ftp', '']);
const FTP = /^USER +([^\r\n]+)/i;
const IMAP = /^\S{1,16} LOGIN +("[^"\r\n]*"|\S+) /i;
const AUTHORIZATION = /^(?:proxy-)?authorization: *(\S+) +([^\r\n]*)/im;
const DIGEST_USER = /\busername="([^"\r\n]*)"/i;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** What letters have in lower case: those that "authorization" and "proxy-authorization" begin with. */
const LOWER_CASE = 0x20;
const [LETTER_A, LETTER_U, LETTER_P, LETTER_R] = [0x61, 0x75, 0x70, 0x72];
/** Bytes of a request in which its header is looked for. */
const LONGEST_HEAD = 4096;

/** How a client says in the clear who it is: what it sends first on that port. */
export type ClearLogin = 'ftp' | 'pop3' | 'imap';

/** The user that a command of FTP (RFC 959), POP3 (RFC 1939) or IMAP (RFC 9051) in `bytes[start, end)` logs in; '' for none. */
export function clearUser(bytes: Uint8Array, start: number, end: number, login: ClearLogin): string {
  const line = asciiText(bytes, start, Math.min(end, start + LONGEST_NAME + 32));
  const [, name = ''] = (login === 'imap' ? IMAP : FTP).exec(line) ?? [];
  return user(name.replaceAll('"', ''));
}

/** What the Authorization field of an HTTP request says. */
export interface HttpLogin {
  /** Basic and Digest name the user (RFC 7617, RFC 7616); '' for others. */
  user: string;
  /** The message that NTLM and Negotiate carry; null for others. */
  token: Uint8Array | null;
}

/** The login in the head of the HTTP request in `bytes[start, end)`; null without one. */
export function httpLogin(bytes: Uint8Array, start: number, end: number): HttpLogin | null {
  const headEnd = Math.min(end, start + LONGEST_HEAD);
  if (!mayLogIn(bytes, start, headEnd)) return null;
  const [, scheme, value] = AUTHORIZATION.exec(asciiText(bytes, start, headEnd)) ?? [];
  switch (scheme?.toLowerCase()) {
    case 'basic':
      return { user: user(textOf(fromBase64(value)).split(':', 1)[0]), token: null };
    case 'digest':
      return { user: user(DIGEST_USER.exec(value)?.[1] ?? ''), token: null };
    case 'ntlm':
    case 'negotiate':
      return { user: '', token: fromBase64(value) };
    default:
      return null;
  }
}

/** Whether a line begins as the fields do that log somebody in: most requests have none, and need not become text. */
function mayLogIn(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start + 1; at + 1 < end; at++) {
    if (bytes[at - 1] !== LINE_FEED && bytes[at - 1] !== CARRIAGE_RETURN) continue;
    const [first, second] = [bytes[at] | LOWER_CASE, bytes[at + 1] | LOWER_CASE];
    if ((first === LETTER_A && second === LETTER_U) || (first === LETTER_P && second === LETTER_R)) return true;
  }
  return false;
}

function user(name: string): string {
  const trimmed = name.trim().slice(0, LONGEST_NAME);
  return NOBODY.has(trimmed.toLowerCase()) ? '' : trimmed;
}

function asciiText(bytes: Uint8Array, start: number, end: number): string {
  return textOf(bytes.subarray(start, end));
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 (RFC 4648) up to the first character that is none. */
function fromBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) break;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = held >> bits;
  }
  return bytes.subarray(0, length);
}
