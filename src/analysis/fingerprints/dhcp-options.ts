/** Fixed fields of a BOOTP message and the magic cookie before the options (RFC 2131, section 2). */
const COOKIE = 236;
const OPTIONS = 240;
const OPTION_PAD = 0;
const OPTION_PARAMETER_LIST = 55;
const OPTION_END = 255;

/**
 * The options that a client asks for, as "1,3,6,15": the parameter request list (RFC 2132, section 9.8) of the DHCP
 * message in `bytes[start, end)`, '' without one. Its order tells one client's software from another's.
 */
export function dhcpParameterList(bytes: Uint8Array, start: number, end: number): string {
  if (end - start < OPTIONS || !hasCookie(bytes, start + COOKIE)) return '';
  let at = start + OPTIONS;
  while (at < end) {
    const code = bytes[at++];
    if (code === OPTION_PAD) continue;
    if (code === OPTION_END || at >= end) return '';
    const length = bytes[at++];
    if (at + length > end) return '';
    if (code === OPTION_PARAMETER_LIST) return bytes.subarray(at, at + length).join(',');
    at += length;
  }
  return '';
}

function hasCookie(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x63 && bytes[at + 1] === 0x82 && bytes[at + 2] === 0x53 && bytes[at + 3] === 0x63;
}
