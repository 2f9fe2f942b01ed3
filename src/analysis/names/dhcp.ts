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
  if (end - start < OPTIONS || !hasCookie(bytes, start + COOKIE)) return '';
  let at = start + OPTIONS;
  while (at < end) {
    const code = bytes[at++];
    if (code === OPTION_PAD) continue;
    if (code === OPTION_END || at >= end) return '';
    const length = bytes[at++];
    if (at + length > end) return '';
    if (code === OPTION_HOST_NAME) return nameText(bytes, at, at + length);
    at += length;
  }
  return '';
}

function hasCookie(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x63 && bytes[at + 1] === 0x82 && bytes[at + 2] === 0x53 && bytes[at + 3] === 0x63;
}
