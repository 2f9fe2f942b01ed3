import { concat, latin1, u32 } from './bytes.ts';

const MAGIC_COOKIE = [0x63, 0x82, 0x53, 0x63];

/** An option: code, length, value (RFC 2132, section 2). */
export function dhcpOption(code: number, value: ArrayLike<number>): Uint8Array {
  return concat([code, value.length], value);
}

/** A BOOTREQUEST of a client (RFC 2131, section 2) with the given options and the end option. `mac` is six bytes. */
export function dhcpMessage(mac: readonly number[], options: readonly Uint8Array[]): Uint8Array {
  const fixed = concat(
    [1, 1, 6, 0],
    u32(0x3903f326),
    new Uint8Array(20),
    mac,
    new Uint8Array(16 - mac.length),
    new Uint8Array(64 + 128),
  );
  return concat(fixed, MAGIC_COOKIE, ...options, [255]);
}

/** A DHCPREQUEST with the client's host name (option 12), padded to the 300 bytes of a BOOTP message. */
export function dhcpRequest(mac: readonly number[], hostName: string): Uint8Array {
  const message = dhcpMessage(mac, [
    dhcpOption(53, [3]),
    dhcpOption(61, [1, ...mac]),
    dhcpOption(12, latin1(hostName)),
    dhcpOption(55, [1, 3, 6, 15, 31, 33]),
  ]);
  return concat(message, new Uint8Array(Math.max(0, 300 - message.length)));
}
