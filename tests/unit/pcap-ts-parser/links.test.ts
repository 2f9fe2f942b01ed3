import { bufferSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { DECODED_LINK_TYPES } from '../../../src/pcap-ts-parser/link/link.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../builders/ethernet.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { ipv6 } from '../../builders/ipv6.ts';
import { pcap } from '../../builders/pcap.ts';
import { udp } from '../../builders/udp.ts';
import { concat, decoded, saidOfCut } from './decoded.ts';

const datagram = udp({ sourcePort: 1, destinationPort: 2, payload: new Uint8Array(10) });
const v4 = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload: datagram });
const v6 = ipv6({ source: '2001:db8::1', destination: '2001:db8::2', protocol: 17, payload: datagram });
const plain4 = 'v4 1:1 > 2:2 protocol 17 vlan 0 tunnel 0 payload 10';
const plain6 = 'v6 1:1 > 2:2 protocol 17 vlan 0 tunnel 0 payload 10';
const frame = ethernet({ etherType: ETHERTYPE_IPV4, payload: v4 });
const addresses = new Uint8Array(12);

/** An 802.11 data frame: 24 bytes of header, LLC with SNAP, then IPv4. */
const snap = concat([0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4);
const wireless = concat([0x08, 0], new Uint8Array(22), snap);
const radiotap = concat([0, 0, 13, 0, 0, 0, 0, 0], new Uint8Array(5));

const LINKS: [name: string, linkType: number, data: Uint8Array, expected: string][] = [
  ['BSD loopback', 0, concat([2, 0, 0, 0], v4), plain4],
  ['BSD loopback, IPv6 by one of its many families', 0, concat([0, 0, 0, 30], v6), plain6],
  ['OpenBSD loopback', 108, concat([0, 0, 0, 24], v6), plain6],
  ['Ethernet', 1, frame, plain4],
  [
    'Ethernet with three tags',
    1,
    concat(addresses, [0x88, 0xa8, 0, 9, 0x81, 0, 0, 8, 0x81, 0, 0xe0, 7, 8, 0], v4),
    plain4.replace('vlan 0', 'vlan 7'),
  ],
  [
    'Ethernet, MPLS inside a tag',
    1,
    concat(addresses, [0x81, 0, 0, 5, 0x88, 0x48, 0, 0, 1, 64], v6),
    plain6.replace('vlan 0', 'vlan 5'),
  ],
  [
    'Ethernet, PPPoE inside a tag',
    1,
    concat(addresses, [0x81, 0, 0, 5, 0x88, 0x64, 0x11, 0, 0, 1, 0, 0, 0, 0x57], v6),
    plain6.replace('vlan 0', 'vlan 5'),
  ],
  ['802.3 with LLC and SNAP', 1, concat(addresses, [0, snap.length], snap), plain4],
  ['802.3 with LLC alone', 1, concat(addresses, [0, 40, 0x42, 0x42, 3], v4), 'no IP'],
  ['raw IP', 101, v4, plain4],
  ['raw IP as some systems number it', 12, v6, plain6],
  ['raw IP as OpenBSD numbers it', 14, v4, plain4],
  ['raw IPv4', 228, v4, plain4],
  ['raw IPv6', 229, v6, plain6],
  ['PPP in HDLC framing', 50, concat([0xff, 3, 0, 0x21], v4), plain4],
  ['Cisco HDLC', 104, concat([0x0f, 0, 0x86, 0xdd], v6), plain6],
  ['Linux cooked', 113, concat(new Uint8Array(14), [8, 0], v4), plain4],
  ['Linux cooked, version 2', 276, concat([0x86, 0xdd], new Uint8Array(18), v6), plain6],
  ['802.11 data', 105, wireless, plain4],
  ['802.11 data with four addresses', 105, concat([0x08, 3], new Uint8Array(28), snap), plain4],
  ['802.11 QoS data', 105, concat([0x88, 1], new Uint8Array(24), snap), plain4],
  [
    '802.11 QoS data with four addresses and throughput control',
    105,
    concat([0x88, 0x83], new Uint8Array(34), snap),
    plain4,
  ],
  ['802.11 null data', 105, concat([0x48, 1], new Uint8Array(22), snap), 'no IP'],
  ['802.11 beacon', 105, concat([0x80, 0], new Uint8Array(22), snap), 'no IP'],
  ['802.11 with radiotap', 127, concat(radiotap, wireless), plain4],
  ['SLIP', 8, concat(new Uint8Array(16), v4), plain4],
  ['FDDI', 10, concat(new Uint8Array(13), [0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4), plain4],
  ['PPPoE with a protocol number of one byte', 51, concat([0x11, 0, 0, 1, 0, 60, 0x57], v6), plain6],
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
  [
    'netfilter log, little-endian',
    239,
    concat([2, 0, 0, 0, 8, 0, 1, 0, 0, 0, 0, 0, 4 + v4.length, 0, 9, 0], v4),
    plain4,
  ],
  ['netfilter log, big-endian', 239, concat([2, 0, 0, 0, 0, 5, 0, 2, 7, 0, 0, 0, 0, 4 + v4.length, 0, 9], v4), plain4],
  ['netfilter log without a packet', 239, concat([2, 0, 0, 0, 8, 0, 1, 0, 0, 0, 0, 0]), 'no IP'],
  ['Hilscher analyzer', 240, concat(new Uint8Array(4), frame), plain4],
  ['PKTAP, little-endian', 258, concat([16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 9, 9, 9], frame), plain4],
  ['PKTAP, big-endian', 258, concat([0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 101, 9, 9, 9, 9], v4), plain4],
  [
    'PKTAP under the number it had first',
    149,
    concat([16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 9, 9, 9], frame),
    plain4,
  ],
  ['anything else under that number', 149, concat([16, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 9, 9, 9, 9], frame), 'no IP'],
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

  it('say nothing by the bytes behind them, wherever they are cut', async () => {
    for (const [name, linkType, data] of LINKS) {
      for (let length = 0; length < data.length; length++) {
        const [cut, rest] = [data.subarray(0, length), data.subarray(length)];
        const said = await saidOfCut(linkType, cut, rest);
        for (const other of [rest.map((byte) => ~byte), rest.map(() => 0x11)])
          expect(await saidOfCut(linkType, cut, other), `${name} cut to ${length} bytes`).toEqual(said);
      }
    }
  });

  it('are all the link types that are decoded', () => {
    expect([...new Set(LINKS.map(([, linkType]) => linkType))].sort((a, b) => a - b)).toEqual(
      [...DECODED_LINK_TYPES].sort((a, b) => a - b),
    );
  });

  it('leave a check sequence behind the packet out', async () => {
    for (const [linkType, data] of [
      [1, frame],
      [127, concat(radiotap, wireless)],
    ] as const) {
      expect(await decoded(linkType, concat(data, [1, 2, 3, 4]))).toBe(plain4);
    }
  });

  it('take jumbo frames whole', async () => {
    const large = udp({ sourcePort: 1, destinationPort: 2, payload: new Uint8Array(8900) });
    const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload: large });
    expect(await decoded(1, ethernet({ etherType: ETHERTYPE_IPV4, payload: packet }))).toBe(
      plain4.replace('payload 10', 'payload 8900'),
    );
  });

  it('name the link type inside that is not decoded, with its packets', async () => {
    const data = concat([0, 0, 8, 0, 195, 0, 0, 0], new Uint8Array(20));
    const packets = Array.from({ length: 3 }, () => ({ seconds: 1, nanoseconds: 0, data }));
    const { warnings } = await readPackets(bufferSource(pcap({ linkType: 192, packets })), () => undefined);
    expect(warnings).toEqual([
      {
        kind: 'undecoded-link-type',
        offset: null,
        message: 'link type IEEE802_15_4_WITHFCS (195) is not decoded: 3 packets left out',
      },
    ]);
  });

  it('are not followed into themselves without end', async () => {
    const layers = Array.from({ length: 100_000 }, () => [0, 0, 8, 0, 192, 0, 0, 0]).flat();
    expect(await decoded(192, Uint8Array.from(layers))).toBe('no IP');
  });
});
