import { bufferSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { ethernet, ETHERTYPE_IPV4, ETHERTYPE_VLAN } from '../../builders/ethernet.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { pcap } from '../../builders/pcap.ts';
import { udp } from '../../builders/udp.ts';
import { concat, decoded, warningsOf } from './decoded.ts';

const ETHERNET = 1;
const IEEE802_11 = 105;

const datagram = udp({ sourcePort: 1, destinationPort: 2, payload: new Uint8Array(10) });
const between = { source: '10.0.0.1', destination: '10.0.0.2', protocol: 17 };
const v4 = ipv4({ ...between, payload: datagram });
const plain4 = 'v4 1:1 > 2:2 protocol 17 vlan 0 tunnel 0 payload 10';
const frame = ethernet({ etherType: ETHERTYPE_IPV4, payload: v4 });
const tagged = ethernet({ etherType: ETHERTYPE_IPV4, payload: v4, tags: [{ id: 9 }] });

describe('tags before the EtherType', () => {
  it.each([
    ['VN-Tag', 0x8926, concat([0x80, 1, 0, 2, 8, 0], v4), plain4],
    ['VN-Tag around a VLAN', 0x8926, concat([0x80, 1, 0, 2], tagged.subarray(12)), plain4.replace('vlan 0', 'vlan 9')],
    ['802.1BR', 0x893f, concat([0, 1, 0, 2, 0, 0, 8, 0], v4), plain4],
    ['802.1ah', 0x88e7, concat([0, 0, 0, 7], frame), plain4],
    ['802.1ah around a VLAN', 0x88e7, concat([0, 0, 0, 7], tagged), plain4.replace('vlan 0', 'vlan 9')],
    ['an old stacked VLAN', 0x9100, concat([0, 5], tagged.subarray(12)), plain4.replace('vlan 0', 'vlan 9')],
    ['another one', 0x9200, concat([0, 5, 8, 0], v4), plain4.replace('vlan 0', 'vlan 5')],
    ['ring redundancy', 0x892f, concat([0, 60, 0, 1, 8, 0], v4), plain4],
    ['a network service header', 0x894f, concat([0, 6, 1, 1, 0, 0, 1, 255], new Uint8Array(16), v4), plain4],
    ["Cisco's security groups", 0x8909, concat([1, 1, 0, 1, 0, 9, 8, 0], v4), plain4],
  ])('%s', async (_, etherType, payload, expected) => {
    expect(await decoded(ETHERNET, ethernet({ etherType, payload }))).toBe(expected);
    expect(await warningsOf(ETHERNET, [ethernet({ etherType, payload })])).toEqual([]);
  });

  it("of a provider's backbone have a VLAN that is not the flow's", async () => {
    const backbone = ethernet({ etherType: 0x88e7, payload: concat([0, 0, 0, 7], frame), tags: [{ id: 300 }] });
    expect(await decoded(ETHERNET, backbone)).toBe(plain4);
  });

  it('that are cut are no IP', async () => {
    for (const type of [0x8926, 0x893f, 0x88e7, 0x9100, ETHERTYPE_VLAN]) {
      expect(await decoded(ETHERNET, ethernet({ etherType: type, payload: new Uint8Array(1) }))).toBe('no IP');
    }
  });
});

/** A frame inside an aggregated one, filled up to a multiple of four. */
function subframe(packet: Uint8Array): Uint8Array {
  const length = 8 + packet.length;
  const part = concat(new Uint8Array(12), [0, length, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0], packet);
  return concat(part, new Uint8Array((4 - (part.length % 4)) % 4));
}

describe('aggregated Wi-Fi frames', () => {
  const others = ipv4({ ...between, source: '10.0.0.3', payload: udp({ sourcePort: 7, destinationPort: 2 }) });
  const header = concat([0x88, 1], new Uint8Array(22), [0x80, 0]);
  const aggregated = concat(header, subframe(v4), subframe(others), subframe(v4));

  it('are as many packets as are inside, of one number, and share its bytes on the wire', async () => {
    const seen: [number, number, number][] = [];
    const packets = [aggregated, aggregated].map((data) => ({ seconds: 1, nanoseconds: 0, data }));
    const source = bufferSource(pcap({ linkType: IEEE802_11, packets }));
    const { packets: records } = await readPackets(source, ({ number, sourcePort, wireLength }) => {
      seen.push([number, sourcePort, wireLength]);
    });
    expect(records).toBe(2);
    expect(seen.map(([number, port]) => [number, port])).toEqual([1, 2].flatMap((n) => [1, 7, 1].map((p) => [n, p])));
    expect(seen.reduce((sum, [, , length]) => sum + length, 0)).toBe(2 * aggregated.length);
    expect(seen.every(([, , length]) => length > 0)).toBe(true);
  });

  it('that are cut anywhere give what is there', async () => {
    for (let length = 24; length < aggregated.length; length++) {
      expect(await decoded(IEEE802_11, aggregated.subarray(0, length), aggregated.length)).toMatch(/^(no IP|v4 [13]:)/);
    }
  });
});

describe('what is left out', () => {
  const ip = (options: Partial<Parameters<typeof ipv4>[0]>): Uint8Array =>
    ethernet({ etherType: ETHERTYPE_IPV4, payload: ipv4({ ...between, payload: datagram, ...options }) });

  it('is said once for each reason, with its count', async () => {
    const macsec = ethernet({ etherType: 0x88e5, payload: v4 });
    const unknown = ethernet({ etherType: 0x5555, payload: v4 });
    expect(await warningsOf(ETHERNET, [macsec, frame, unknown, macsec])).toEqual([
      'undecoded-ether-type: EtherTypes that are not decoded: 0x88e5 (MACsec) in 2 packets, 0x5555 in 1 packet ' +
        'left out',
    ]);
  });

  it('is summed up where there are many kinds', async () => {
    const kinds = Array.from({ length: 5000 }, (_, index) => {
      return ethernet({ etherType: 0x9999 + index, payload: v4 });
    });
    const [warning, ...others] = await warningsOf(ETHERNET, kinds);
    expect(others).toEqual([]);
    expect(warning.length).toBeLessThan(300);
    expect(warning).toMatch(/, 4,994 others in 4,994 packets left out$/);
  });

  it.each([
    ['ARP', ethernet({ etherType: 0x0806, payload: new Uint8Array(28) })],
    ['LLDP', ethernet({ etherType: 0x88cc, payload: new Uint8Array(28) })],
    ['the spanning tree', ethernet({ etherType: 38, payload: concat([0x42, 0x42, 3], new Uint8Array(35)) })],
    [
      "a vendor's own protocol",
      ethernet({ etherType: 60, payload: concat([0xaa, 0xaa, 3, 0, 0, 12, 0x20, 0x33], v4) }),
    ],
  ])('%s, which never holds IP, is no warning', async (_, data) => {
    expect(await warningsOf(ETHERNET, [data])).toEqual([]);
  });

  it('says what is encrypted, damaged or no IP behind MPLS', async () => {
    const secret = concat([0x08, 0x41], new Uint8Array(40));
    expect(await warningsOf(IEEE802_11, [secret, secret])).toEqual([
      expect.stringMatching(/^encrypted-wifi: 2 packets of encrypted Wi-Fi data left out: decrypt/),
    ]);
    const cut = frame.subarray(0, 20);
    expect(await warningsOf(ETHERNET, [cut])).toEqual([
      expect.stringMatching(/^damaged-ip: 1 packet with an IP header/),
    ]);
    const pseudowire = ethernet({ etherType: 0x8847, payload: concat([0, 1, 1, 64], [0, 0, 0, 0], frame) });
    expect(await warningsOf(ETHERNET, [pseudowire])).toEqual([
      expect.stringMatching(/^pseudowire: 1 packet with something other than IP/),
    ]);
    expect(await warningsOf(9, [concat([0, 0xfd], v4), concat([0xc0, 0x21], v4)])).toEqual([
      'undecoded-ppp: PPP protocols that are not decoded: 0x00fd in 1 packet left out',
    ]);
  });

  it('tells later fragments, and those whose first is missing, before or behind them', async () => {
    const first = ip({ identification: 7, moreFragments: true });
    const later = ip({ identification: 7, fragmentOffset: 1480 });
    const stray = ip({ identification: 8, fragmentOffset: 1480 });
    const all = /^ip-fragments: 2 later IP fragments are left out.* not counted$/;
    expect(await warningsOf(ETHERNET, [first, later, later])).toEqual([expect.stringMatching(all)]);
    expect(await warningsOf(ETHERNET, [later, later, first])).toEqual([expect.stringMatching(all)]);
    expect(await warningsOf(ETHERNET, [later, first, stray])).toEqual([
      expect.stringMatching(/2 later .* not counted; 1 belong to packets whose first fragment is missing$/),
    ]);
    expect(await warningsOf(ETHERNET, [stray, stray])).toEqual([expect.stringMatching(/; they all belong/)]);
  });

  it('says which packets had no length of their own', async () => {
    expect(await warningsOf(ETHERNET, [ip({ totalLength: 0 }), frame])).toEqual([
      expect.stringMatching(/^offloaded: 1 packet whose IP length is 0.*: counted by the frame's length$/),
    ]);
  });
});
