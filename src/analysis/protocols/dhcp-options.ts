import { dhcpOption } from './dhcp.ts';

const OPTION_PARAMETER_LIST = 55;

/**
 * The options that a client asks for, as "1,3,6,15": the parameter request list (RFC 2132, section 9.8) of the DHCP
 * message in `bytes[start, end)`, '' without one. Its order tells one client's software from another's.
 */
export function dhcpParameterList(bytes: Uint8Array, start: number, end: number): string {
  const at = dhcpOption(bytes, start, end, OPTION_PARAMETER_LIST);
  return at === -1 ? '' : bytes.subarray(at, at + bytes[at - 1]).join(',');
}
