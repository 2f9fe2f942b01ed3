import { describe, expect, it } from 'vitest';
import { ethernet, ETHERTYPE_IPV4 } from '../../builders/ethernet.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { ipv6 } from '../../builders/ipv6.ts';
import { udp } from '../../builders/udp.ts';
import { concat, decoded } from './decoded.ts';

const datagram = udp({ sourcePort: 1, destinationPort: 2, payload: new Uint8Array(10) });
const v4 = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload: datagram });
const v6 = ipv6({ source: '2001:db8::1', destination: '2001:db8::2', protocol: 17, payload: datagram });
const plain4 = 'v4 1:1 > 2:2 protocol 17 vlan 0 tunnel 0 payload 10';
const plain6 = 'v6 1:1 > 2:2 protocol 17 vlan 0 tunnel 0 payload 10';
const frame = ethernet({ etherType: ETHERTYPE_IPV4, payload: v4 });
const addresses = new Uint8Array(12);

/** An 802.11 data frame: 24 bytes of header, LLC with SNAP, then IPv4. */
const wireless = concat([0x08, 0], new Uint8Array(22), [0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4);

const LINKS: [name: string, linkType: number, data: Uint8Array, expected: string][] = [
  ['SLIP', 8, concat(new Uint8Array(16), v4), plain4],
  ['FDDI', 10, concat(new Uint8Array(13), [0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4), plain4],
  ['PPPoE without Ethernet', 51, concat([0x11, 0, 0, 1, 0, 60, 0, 0x21], v4), plain4],
  ['ATM with LLC', 100, concat([0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4), plain4],
  ['Frame Relay, IPv4', 107, concat([0x18, 0x41, 0x03, 0xcc], v4), plain4],
  ['Frame Relay with padding, IPv6', 107, concat([0x18, 0x41, 0x03, 0, 0x8e], v6), plain6],
  ['Frame Relay with a four-byte address', 107, concat([0x18, 0x40, 0x40, 0x41, 0x03, 0xcc], v4), plain4],
  ['Frame Relay with SNAP', 107, concat([0x18, 0x41, 0x03, 0, 0x80, 0, 0, 0, 8, 0], v4), plain4],
  ['Frame Relay, bridged Ethernet', 107, concat([0x18, 0x41, 0x03, 0, 0x80, 0, 0x80, 0xc2, 0, 7], frame), plain4],
  ['Frame Relay as Cisco writes it', 107, concat([0x18, 0x41, 8, 0], v4), plain4],
  ['IPsec of OpenBSD', 109, concat(new Uint8Array(12), v4), plain4],
  ['packet filter log of OpenBSD', 117, concat([61], new Uint8Array(63), v4), plain4],
  ['802.11 with Prism', 119, concat(new Uint8Array(144), wireless), plain4],
  ['802.11 with AVS', 163, concat([0x80, 0x21, 0x10, 0x01, 0, 0, 0, 64], new Uint8Array(56), wireless), plain4],
  ['Juniper, Ethernet', 178, concat([0x4d, 0x47, 0x43, 0], frame), plain4],
  ['Juniper with extensions, PPP', 179, concat([0x4d, 0x47, 0x43, 0x80, 0, 3, 1, 2, 3, 0, 0x21], v4), plain4],
  ['Juniper, Frame Relay', 180, concat([0x4d, 0x47, 0x43, 0, 0x18, 0x41, 0x03, 0xcc], v4), plain4],
  ['Juniper, Cisco HDLC', 181, concat([0x4d, 0x47, 0x43, 0, 0x0f, 0, 8, 0], v4), plain4],
  ['Juniper without a link header', 178, concat([0x4d, 0x47, 0x43, 0x02, 2, 0, 0, 0], v4), plain4],
  ['Juniper without its magic number', 178, concat([0x4d, 0x47, 0x44, 0], frame), 'no IP'],
  ['PPI, Ethernet inside', 192, concat([0, 0, 8, 0, 1, 0, 0, 0], frame), plain4],
  ['PPI, 802.11 behind fields', 192, concat([0, 0, 12, 0, 105, 0, 0, 0, 1, 2, 3, 4], wireless), plain4],
  ['PPI with a header shorter than itself', 192, concat([0, 0, 4, 0, 1, 0, 0, 0], frame), 'no IP'],
  ['PPP with direction', 204, concat([1, 0xff, 3, 0, 0x21], v4), plain4],
  ['PPP with a protocol number of one byte', 9, concat([0xff, 3, 0x21], v4), plain4],
  ['IP observability of Solaris', 226, concat(new Uint8Array(24), v6), plain6],
  ['netfilter log, little-endian', 239, concat([2, 0, 0, 0, 8, 0, 1, 0, 0, 0, 0, 0, 4 + v4.length, 0, 9, 0], v4), plain4],
  ['netfilter log, big-endian', 239, concat([2, 0, 0, 0, 0, 5, 0, 2, 7, 0, 0, 0, 0, 4 + v4.length, 0, 9], v4), plain4],
  ['netfilter log without a packet', 239, concat([2, 0, 0, 0, 8, 0, 1, 0, 0, 0, 0, 0]), 'no IP'],
  ['Hilscher analyzer', 240, concat(new Uint8Array(4), frame), plain4],
  ['PKTAP, little-endian', 258, concat([16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 9, 9, 9], frame), plain4],
  ['PKTAP, big-endian', 258, concat([0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 101, 9, 9, 9, 9], v4), plain4],
  ['preemptible Ethernet', 274, concat(new Uint8Array(8), frame), plain4],
  ['Broadcom switch tag', 281, concat(addresses, [0, 0, 0, 1, 8, 0], v4), plain4],
  ['Broadcom switch tag in front', 282, concat([0, 0, 0, 1], frame), plain4],
  ['Marvell switch tag', 284, concat(addresses, [0, 0, 0, 1, 8, 0], v4), plain4],
  ['Marvell extended switch tag', 285, concat(addresses, [0xda, 0xda, 0, 0, 0, 0, 0, 1, 8, 0], v4), plain4],
];

describe('link layers around something known', () => {
  it.each(LINKS)('%s', async (_, linkType, data, expected) => {
    expect(await decoded(linkType, data)).toBe(expected);
  });

  it('hold nothing that was not captured, wherever they are cut', async () => {
    for (const [name, linkType, data] of LINKS) {
      for (let length = 0; length < data.length; length += 3) {
        const text = await decoded(linkType, data.subarray(0, length), data.length);
        const payload = Number(/payload (\d+)/.exec(text)?.[1] ?? 0);
        expect(payload, `${name} cut to ${length} bytes`).toBeLessThanOrEqual(Math.max(0, 10 - (data.length - length)));
      }
    }
  });

  it('are not followed into themselves without end', async () => {
    const layers = Array.from({ length: 100_000 }, () => [0, 0, 8, 0, 192, 0, 0, 0]).flat();
    expect(await decoded(192, Uint8Array.from(layers))).toBe('no IP');
  });
});
