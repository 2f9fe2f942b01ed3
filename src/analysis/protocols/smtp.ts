import { type Finding, nameText } from './text.ts';

const SMTP_PORTS = new Set([25, 587, 2525]);
const READY = [0x32, 0x32, 0x30];
const EHLO = [0x45, 0x48, 0x4c, 0x4f];
const HELO = [0x48, 0x45, 0x4c, 0x4f];
/** Makes a capital of a small letter. */
const UPPER_CASE = 0xdf;
const SPACE = 0x20;
const DASH = 0x2d;
/** A code or a command, and what separates it from the name. */
const BEFORE_NAME = 4;

/** Whether a server's bytes begin like its greeting (RFC 5321, section 4.2): "220", then a space or a dash. */
export function isSmtpGreeting(bytes: Uint8Array, start: number, end: number, sourcePort: number): boolean {
  if (!SMTP_PORTS.has(sourcePort) || end - start < BEFORE_NAME) return false;
  const separator = bytes[start + 3];
  return READY.every((byte, index) => bytes[start + index] === byte) && (separator === SPACE || separator === DASH);
}

/** Whether a client's bytes begin with EHLO or HELO (section 4.1.1.1). */
export function isSmtpHello(
  bytes: Uint8Array,
  start: number,
  end: number,
  _sourcePort: number,
  destinationPort: number,
): boolean {
  if (!SMTP_PORTS.has(destinationPort) || end - start <= BEFORE_NAME || bytes[start + BEFORE_NAME] !== SPACE)
    return false;
  return [EHLO, HELO].some((command) => command.every((byte, index) => (bytes[start + index] & UPPER_CASE) === byte));
}

/** The first word of a server's greeting: its host name. Undecided (null) until the word has ended. */
export function smtpServer(bytes: Uint8Array, start: number, end: number): Finding {
  return word(bytes, start + BEFORE_NAME, end);
}

/** The name a client gives itself in EHLO or HELO. Undecided (null) until it has ended. */
export function smtpClient(bytes: Uint8Array, start: number, end: number): Finding {
  return word(bytes, start + BEFORE_NAME + 1, end);
}

function word(bytes: Uint8Array, start: number, end: number): Finding {
  let at = start;
  while (at < end && bytes[at] > SPACE) at++;
  return at === end ? null : nameText(bytes, start, at);
}
