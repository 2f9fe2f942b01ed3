import { u16 } from '../../memory/numbers.ts';
import type { Packet } from 'pcap-ts-parser';
import { wordAt } from '../../net/address-text.ts';
import { isGroupMac, macAt } from '../../net/mac.ts';
import type { LinkedAddress, MacLinks } from './mac-links.ts';

const LINKTYPE_ETHERNET = 1;
const TYPE_AT = 12;
const TAG_LENGTH = 4;
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const ARP = 0x0806;
/** Hardware and protocol type, lengths and operation; then the sender's MAC address and address (RFC 826). */
const ARP_SENDER = 8;
const ARP_SENDER_ADDRESS = 14;
const ARP_LENGTH = 28;
const ETHERNET_IPV4 = 0x0001_0800_0604;
/** Addresses before which an IP header lies, from its start: the source's. */
const SOURCE_AT = { 4: 12, 6: 8 } as const;
const ADDRESS_WORDS = { 4: 1, 6: 4 } as const;
const TTL_AT = { 4: 8, 6: 7 } as const;
const BROADCAST = 0xffff_ffff_ffff;
/** What systems begin with to count a packet's hops: one fewer, and a router has passed it on. */
const FIRST_TTLS: ReadonlySet<number> = new Set([1, 32, 64, 128, 255]);

/** Ties the sender of an ARP frame to its MAC address; other frames without IP tie nothing. */
export function linkArp({ bytes, start, capturedLength, linkType }: Packet, links: MacLinks): void {
  const end = start + capturedLength;
  if (linkType !== LINKTYPE_ETHERNET) return;
  const at = typeAt(bytes, start, end) + 2;
  if (at + ARP_LENGTH > end || u16(bytes, at - 2) !== ARP) return;
  if ((wordAt(bytes, at) >>> 0) * 65_536 + u16(bytes, at + 4) !== ETHERNET_IPV4) return;
  const sender = macAt(bytes, at + ARP_SENDER);
  const address = wordAt(bytes, at + ARP_SENDER_ADDRESS) >>> 0;
  // A probe for an address that may be another's has no sender yet (RFC 5227).
  if (address !== 0 && !isGroupMac(sender)) links.add(sender, address, 'own');
}

/**
 * Ties the source of a flow's first packet to the frame's MAC address, as far as the frame shows it.
 *
 * @param address the packet's source address
 */
export function linkFrame(packet: Packet, address: () => LinkedAddress, links: MacLinks): void {
  const { bytes, start, capturedLength, linkType, ipVersion, source } = packet;
  if (linkType !== LINKTYPE_ETHERNET || (ipVersion !== 4 && ipVersion !== 6)) return;
  const header = typeAt(bytes, start, start + capturedLength) + 2;
  // What is inside a tunnel is not the frame's.
  if (source !== header + SOURCE_AT[ipVersion]) return;
  const mac = macAt(bytes, start + 6);
  // Who has no address yet (a DHCP client, a probe for duplicates) sends from none.
  if (isGroupMac(mac) || isUnspecified(packet)) return;
  if (!FIRST_TTLS.has(bytes[header + TTL_AT[ipVersion]])) links.addRouter(mac);
  else links.add(mac, address(), staysOnLink(packet, macAt(bytes, start)) ? 'own' : 'sent');
}

/** Whether the source of a packet stands for no address yet. */
function isUnspecified({ bytes, ipVersion, source }: Packet): boolean {
  const words = ADDRESS_WORDS[ipVersion === 4 ? 4 : 6];
  for (let word = 0; word < words; word++) if (wordAt(bytes, source + 4 * word) !== 0) return false;
  return true;
}

/** Whether no router passes the packet on: broadcasts, multicast of the link (RFC 5771, RFC 4291), link-local sources. */
function staysOnLink({ bytes, ipVersion, source, destination }: Packet, to: number): boolean {
  if (ipVersion === 6) {
    const isLinkLocal = bytes[source] === 0xfe && (bytes[source + 1] & 0xc0) === 0x80;
    return isLinkLocal || (bytes[destination] === 0xff && (bytes[destination + 1] & 0x0f) === 2);
  }
  const isLinkGroup = bytes[destination] === 224 && bytes[destination + 1] === 0 && bytes[destination + 2] === 0;
  return to === BROADCAST || isLinkGroup;
}

/** Where the type of what a frame holds lies, behind its VLAN tags. */
function typeAt(bytes: Uint8Array, start: number, end: number): number {
  let at = start + TYPE_AT;
  while (at + TAG_LENGTH < end && VLAN_TAGS.has(u16(bytes, at))) at += TAG_LENGTH;
  return at;
}
