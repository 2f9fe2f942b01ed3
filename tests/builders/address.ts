/**
 * The four or sixteen bytes of a dotted IPv4 or a colon-separated IPv6 address (RFC 4291, section 2.2, forms 1 and 2).
 */
export function addressBytes(address: string): Uint8Array<ArrayBuffer> {
  return address.includes(':') ? ipv6Bytes(address) : Uint8Array.from(address.split('.'), Number);
}

function ipv6Bytes(address: string): Uint8Array<ArrayBuffer> {
  const [head = '', tail] = address.split('::');
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const whole = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Uint8Array.from(whole.flatMap((group) => [group >> 8, group & 0xff]));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

/** The six bytes of a MAC address like `02:00:0a:00:00:01`. */
export function macBytes(mac: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(mac.split(':'), (byte) => Number.parseInt(byte, 16));
}

/** A locally administered MAC address that ends in the last four bytes of an IP address. */
export function macOf(address: string): string {
  const last = Array.from(addressBytes(address).subarray(-4), (byte) => byte.toString(16).padStart(2, '0'));
  return ['02', '00', ...last].join(':');
}
