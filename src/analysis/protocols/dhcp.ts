import { nameText } from './text.ts';

export const DHCP_SERVER_PORT = 67;
export const DHCP_CLIENT_PORT = 68;

/** Fixed fields of a BOOTP message and the magic cookie before the options (RFC 2131, section 2). */
const COOKIE = 236;
const OPTIONS = 240;
const OPTION_PAD = 0;
const OPTION_HOST_NAME = 12;
const OPTION_END = 255;

/** The client's host name (RFC 2132, section 3.14) of a DHCP message in `bytes[start, end)`, '' without one. */
export function dhcpHostName(bytes: Uint8Array, start: number, end: number): string {
  const at = dhcpOption(bytes, start, end, OPTION_HOST_NAME);
  return at === -1 ? '' : nameText(bytes, at, at + bytes[at - 1]);
}

/**
 * Where the first option with a code has its content (its length is the byte before that) in the DHCP message in
 * `bytes[start, end)`; -1 without one that lies in the message as a whole.
 */
export function dhcpOption(bytes: Uint8Array, start: number, end: number, wanted: number): number {
  if (end - start < OPTIONS || !hasCookie(bytes, start + COOKIE)) return -1;
  let at = start + OPTIONS;
  while (at < end) {
    const code = bytes[at++];
    if (code === OPTION_PAD) continue;
    if (code === OPTION_END || at >= end) return -1;
    const length = bytes[at++];
    if (at + length > end) return -1;
    if (code === wanted) return at;
    at += length;
  }
  return -1;
}

function hasCookie(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x63 && bytes[at + 1] === 0x82 && bytes[at + 2] === 0x53 && bytes[at + 3] === 0x63;
}
