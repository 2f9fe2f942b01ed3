import { type Finding, nameText } from './text.ts';

const SMTP_PORTS = new Set([25, 587, 2525]);
const READY = [0x32, 0x32, 0x30];
const SPACE = 0x20;
const DASH = 0x2d;

/** Whether a server's bytes begin like its greeting (RFC 5321, section 4.2): "220", then a space or a dash. */
export function isSmtpGreeting(bytes: Uint8Array, start: number, end: number, sourcePort: number): boolean {
  if (!SMTP_PORTS.has(sourcePort) || end - start < 4) return false;
  const separator = bytes[start + 3];
  return READY.every((byte, index) => bytes[start + index] === byte) && (separator === SPACE || separator === DASH);
}

/** The first word of a server's greeting: its host name. Undecided (null) until the word has ended. */
export function smtpServer(bytes: Uint8Array, start: number, end: number): Finding {
  const word = start + 4;
  let at = word;
  while (at < end && bytes[at] > SPACE) at++;
  return at === end ? null : nameText(bytes, word, at);
}
