import { u16 } from '../memory/numbers.ts';
import { dottedName } from './dns.ts';

export const DHCPV6_CLIENT_PORT = 546;
export const DHCPV6_SERVER_PORT = 547;

/** Type and transaction id of a client's or server's message (RFC 8415, section 8). */
const HEADER = 4;
/** Relay messages (section 9) have another header. */
const RELAY_FORWARD = 12;
const OPTION_HEADER = 4;
const OPTION_CLIENT_FQDN = 39;

/** The client's name (option 39, RFC 4704, section 4) of a DHCPv6 message in `bytes[start, end)`, '' without one. */
export function dhcpv6ClientName(bytes: Uint8Array, start: number, end: number): string {
  if (end - start < HEADER || bytes[start] === 0 || bytes[start] >= RELAY_FORWARD) return '';
  let at = start + HEADER;
  while (at + OPTION_HEADER <= end) {
    const code = u16(bytes, at);
    const content = at + OPTION_HEADER;
    at = content + u16(bytes, at + 2);
    if (at > end) return '';
    // One byte of flags, then the name in labels; a partial name has no root label.
    if (code === OPTION_CLIENT_FQDN && at > content) return dottedName(bytes, content + 1, at);
  }
  return '';
}
