const LONGEST_NAME = 64;
/** Names that stand for nobody. */
const NOBODY: ReadonlySet<string> = new Set(['anonymous', 'ftp', '']);
const FTP = /^USER +([^\r\n]+)/i;
const IMAP = /^\S{1,16} LOGIN +("[^"\r\n]*"|\S+) /i;
const AUTHORIZATION = /^(?:proxy-)?authorization: *(\S+) +([^\r\n]*)/im;
const DIGEST_USER = /\busername="([^"\r\n]*)"/i;
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
  const [, scheme, value] = AUTHORIZATION.exec(asciiText(bytes, start, Math.min(end, start + LONGEST_HEAD))) ?? [];
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
