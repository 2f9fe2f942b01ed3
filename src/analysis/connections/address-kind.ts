/**
 * What an address says about where it is: inside a site (RFC 1918, shared 100.64/10 of RFC 6598, link-local, loopback,
 * unique local fc00::/7), one of many receivers, or anywhere else.
 */
export type AddressKind = 'inside' | 'outside' | 'multicast' | 'broadcast';

/** The kind of an address as text, IPv4 dotted or IPv6 as RFC 5952 has it; an IPv4-mapped one is that of the IPv4 address. */
export function addressKind(address: string): AddressKind {
  const dotted = address.startsWith('::ffff:') ? address.slice(7) : address;
  return dotted.includes('.') && !dotted.includes(':') ? ipv4Kind(dotted.split('.').map(Number)) : ipv6Kind(address);
}

function ipv4Kind([first, second, , last]: readonly number[]): AddressKind {
  if (first >= 224 && first < 240) return 'multicast';
  if (first === 255) return 'broadcast';
  const isPrivate = first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168);
  // No capture tells its netmasks. On a private network a last byte of 255 is a /24's broadcast far more often than a host.
  if (isPrivate && last === 255) return 'broadcast';
  const isInside = isPrivate || first === 127 || (first === 169 && second === 254) || (first === 100 && second >= 64 && second < 128)
    || first === 0;
  return isInside ? 'inside' : 'outside';
}

function ipv6Kind(address: string): AddressKind {
  if (address === '::1' || address === '::') return 'inside';
  // A text that begins with "::" has a first group of 0.
  const first = address.startsWith('::') ? 0 : Number.parseInt(address, 16);
  if (first >= 0xff00) return 'multicast';
  return (first >= 0xfc00 && first <= 0xfdff) || (first >= 0xfe80 && first <= 0xfebf) ? 'inside' : 'outside';
}
