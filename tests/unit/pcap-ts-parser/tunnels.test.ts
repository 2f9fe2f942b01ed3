import { describe, expect, it } from 'vitest';
import { ethernet, ETHERTYPE_IPV4 } from '../../builders/ethernet.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { ipv6 } from '../../builders/ipv6.ts';
import { tcp } from '../../builders/tcp.ts';
import { udp } from '../../builders/udp.ts';
import { concat, decoded, saidOfCut, lengthsOf, warningsOf } from './decoded.ts';

const RAW = 101;
const GRE = 47;
const AH = 51;
const UDP = 17;

const datagram = udp({ sourcePort: 1, destinationPort: 2, payload: new Uint8Array(10) });
const v4 = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: UDP, payload: datagram });
const v6 = ipv6({ source: '2001:db8::1', destination: '2001:db8::2', protocol: UDP, payload: datagram });
const frame = ethernet({ etherType: ETHERTYPE_IPV4, payload: v4 });

function carried(protocol: number, payload: Uint8Array): Uint8Array {
  return ipv4({ source: '192.0.2.8', destination: '192.0.2.9', protocol, payload });
}

function overUdp(destinationPort: number, payload: Uint8Array): Uint8Array {
  return carried(UDP, udp({ sourcePort: 50_000, destinationPort, payload }));
}

/** A network service header with context, before Ethernet. */
const service = concat([0, 6, 1, 3, 0, 0, 1, 255], new Uint8Array(16));
const inner4 = (tunnel: number): string => `v4 1:1 > 2:2 protocol 17 vlan 0 tunnel ${tunnel} payload 10`;
const inner6 = (tunnel: number): string => `v6 1:1 > 2:2 protocol 17 vlan 0 tunnel ${tunnel} payload 10`;

const TUNNELS: [name: string, packet: Uint8Array, opened: string][] = [
  ['GRE', carried(GRE, concat([0, 0, 8, 0], v4)), inner4(4)],
  [
    'GRE with checksum, key and sequence number',
    carried(GRE, concat([0xb0, 0, 0x86, 0xdd], new Uint8Array(12), v6)),
    inner6(4),
  ],
  ['GRE with Ethernet', carried(GRE, concat([0x20, 0, 0x65, 0x58, 0, 0, 0, 7], frame)), inner4(4)],
  [
    'GRE of PPTP',
    carried(GRE, concat([0x30, 0x81, 0x88, 0x0b], new Uint8Array(12), [0xff, 3, 0, 0x21], v4)),
    inner4(4),
  ],
  ['ERSPAN type I', carried(GRE, concat([0, 0, 0x88, 0xbe], frame)), inner4(4)],
  ['ERSPAN type II', carried(GRE, concat([0x10, 0, 0x88, 0xbe, 0, 0, 0, 1], new Uint8Array(8), frame)), inner4(4)],
  ['ERSPAN type III', carried(GRE, concat([0x10, 0, 0x22, 0xeb, 0, 0, 0, 1], new Uint8Array(12), frame)), inner4(4)],
  [
    'ERSPAN type III with its platform header',
    carried(GRE, concat([0x10, 0, 0x22, 0xeb, 0, 0, 0, 1], new Uint8Array(11), [1], new Uint8Array(8), frame)),
    inner4(4),
  ],
  ['VXLAN', overUdp(4789, concat([8, 0, 0, 0, 0, 0, 7, 0], frame)), inner4(5)],
  ['VXLAN on the port Linux once used', overUdp(8472, concat([8, 0, 0, 0, 0, 0, 7, 0], frame)), inner4(5)],
  ['VXLAN with the protocol extension', overUdp(4790, concat([0x0c, 0, 0, 2, 0, 0, 7, 0], v6)), inner6(5)],
  ['VXLAN with the protocol extension, Ethernet', overUdp(4790, concat([0x0c, 0, 0, 3, 0, 0, 7, 0], frame)), inner4(5)],
  ['Geneve with options', overUdp(6081, concat([1, 0, 0x65, 0x58, 0, 0, 7, 0, 1, 2, 3, 4], frame)), inner4(6)],
  ['Geneve with IP', overUdp(6081, concat([0, 0, 0x08, 0x00, 0, 0, 7, 0], v4)), inner4(6)],
  [
    'VXLAN with a network service header',
    overUdp(4790, concat([0x0c, 0, 0, 4, 0, 0, 7, 0], service, frame)),
    inner4(5),
  ],
  ['EtherIP', carried(97, concat([0x30, 0], frame)), inner4(8)],
  ['MPLS in UDP', overUdp(6635, concat([0, 1, 0x01, 64], v6)), inner6(9)],
  ['GUE', overUdp(6080, concat([1, 4, 0, 0, 0, 0, 0, 0], v4)), inner4(10)],
  ['GUE of version 1', overUdp(6080, v6), inner6(10)],
  ['GUE with GRE', overUdp(6080, concat([0, GRE, 0, 0, 0, 0, 8, 0], v4)), inner4(10)],
  ['L2TP', overUdp(1701, concat([0, 2, 0, 7, 0, 9, 0xff, 3, 0, 0x21], v4)), inner4(11)],
  [
    'L2TP with length, sequence and offset',
    overUdp(1701, concat([0x4a, 2, 0, 0, 0, 7, 0, 9, 0, 1, 0, 2, 0, 3, 9, 9, 9, 0x21], v4)),
    inner4(11),
  ],
  ['LISP', overUdp(4341, concat([0x80, 0, 0, 1, 0, 0, 0, 1], v6)), inner6(12)],
  ['Teredo', overUdp(3544, v6), inner6(7)],
  [
    'Teredo with authentication and origin',
    overUdp(3544, concat([0, 1, 2, 0], new Uint8Array(2 + 9), [0, 0], new Uint8Array(6), v6)),
    inner6(7),
  ],
  [
    'AH',
    carried(AH, concat([UDP, 4, 0, 0], new Uint8Array(20), datagram)),
    'v4 8:1 > 9:2 protocol 17 vlan 0 tunnel 0 payload 10',
  ],
  [
    'GRE inside VXLAN inside GRE',
    carried(
      GRE,
      concat(
        [0, 0, 8, 0],
        overUdp(
          4789,
          concat(
            [8, 0, 0, 0, 0, 0, 7, 0],
            ethernet({ etherType: ETHERTYPE_IPV4, payload: carried(GRE, concat([0, 0, 8, 0], v4)) }),
          ),
        ),
      ),
    ),
    inner4(4),
  ],
];

/** An 802.11 data frame around IPv4. */
const wireless = concat([0x08, 0], new Uint8Array(22), [0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4);

const ALWAYS_OPEN: [name: string, packet: Uint8Array, opened: string][] = [
  ['GTP-U', overUdp(2152, concat([0x30, 255, 0, 0, 0, 0, 0, 1], v6)), inner6(1)],
  ['GTP-U with a sequence number', overUdp(2152, concat([0x32, 255, 0, 0, 0, 0, 0, 1, 0, 9, 0, 0], v4)), inner4(1)],
  [
    'GTP-U with an extension header',
    overUdp(2152, concat([0x34, 255, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 2, 3, 0], v4)),
    inner4(1),
  ],
  ['CAPWAP with 802.3', overUdp(5247, concat([0, 0x10, 0, 0, 0, 0, 0, 0], frame)), inner4(2)],
  ['CAPWAP with 802.11', overUdp(5247, concat([0, 0x10, 1, 0, 0, 0, 0, 0], wireless)), inner4(2)],
  [
    'CAPWAP with 802.11 whose frame control is swapped',
    overUdp(5247, concat([0, 0x10, 1, 0, 0, 0, 0, 0, 0, 8], wireless.subarray(2))),
    inner4(2),
  ],
  ['TZSP with Ethernet', overUdp(37_008, concat([1, 0, 0, 1, 1], frame)), inner4(3)],
  ['TZSP with tags and 802.11', overUdp(37_008, concat([1, 0, 0, 18, 0, 10, 1, 99, 1], wireless)), inner4(3)],
];

const open = (packet: Uint8Array, wireLength = packet.length): Promise<string> =>
  decoded(RAW, packet, wireLength, { openTunnels: true });

describe('tunnels that NFStream opens', () => {
  it.each(ALWAYS_OPEN)('%s', async (_, packet, opened) => {
    expect(await decoded(RAW, packet)).toBe(opened);
    expect(await open(packet)).toBe(opened);
  });

  it.each(ALWAYS_OPEN)(
    '%s cut anywhere is the packet that carries it, or what is there of the one inside',
    async (_, packet) => {
      for (let length = 20; length < packet.length; length++) {
        expect(await decoded(RAW, packet.subarray(0, length), packet.length), `${length} bytes`).toMatch(
          /^v[46] [18]:\d+ > [29]:\d+ /,
        );
      }
    },
  );
});

describe('tunnels that NFStream leaves closed', () => {
  it.each(TUNNELS)('%s stays closed, and opens when asked to', async (_, packet, opened) => {
    expect(await decoded(RAW, packet)).toMatch(/^v4 8:(0|50000) > 9:\d+ protocol \d+ vlan 0 tunnel 0/);
    expect(await open(packet)).toBe(opened);
  });

  it.each(TUNNELS)(
    '%s cut anywhere is the packet that carries it, or what is there of the one inside',
    async (_, packet) => {
      for (let length = 20; length < packet.length; length++) {
        expect(await open(packet.subarray(0, length), packet.length), `${length} bytes`).toMatch(
          /^v[46] [18]:\d+ > [29]:\d+ /,
        );
      }
    },
  );

  it.each([...ALWAYS_OPEN, ...TUNNELS])(
    '%s says nothing by the bytes behind it, wherever it is cut',
    async (_, packet) => {
      for (let length = 20; length < packet.length; length++) {
        const [cut, rest] = [packet.subarray(0, length), packet.subarray(length)];
        const said = await saidOfCut(RAW, cut, rest);
        for (const other of [rest.map((byte) => ~byte), rest.map(() => 0x11)])
          expect(await saidOfCut(RAW, cut, other), `${length} bytes`).toEqual(said);
      }
    },
  );

  it('say how many packets stay in them, by their kind, and nothing where there are none', async () => {
    const [gre, , , , erspan] = TUNNELS.map(([, packet]) => packet);
    const arp = carried(GRE, concat([0, 0, 8, 6], new Uint8Array(28)));
    expect(await warningsOf(RAW, [gre, gre, arp, erspan, v4])).toEqual([
      "closed-tunnels: tunnels that stay closed: GRE in 2 packets, ERSPAN in 1 packet, counted as the tunnel's own",
    ]);
    expect(await warningsOf(RAW, [gre, erspan], { openTunnels: true })).toEqual([]);
    expect(await warningsOf(RAW, [arp, v4])).toEqual([]);
  });

  it('say what no setting opens: encrypted packets, and a tunnel that only its ends know', async () => {
    const esp = concat([0, 0, 0, 7], new Uint8Array(40));
    const exchange = overUdp(4500, concat([0, 0, 0, 0], new Uint8Array(40)));
    const said = await warningsOf(RAW, [carried(50, esp), overUdp(4500, esp), exchange, carried(115, esp), v4]);
    expect(said).toEqual([
      expect.stringMatching(/^encrypted-ip: 2 packets of encrypted IPsec \(ESP\)/),
      expect.stringMatching(/^agreed-tunnel: 1 packet of L2TP version 3/),
    ]);
  });

  it.each([
    ['GRE with routing', carried(GRE, concat([0x40, 0, 8, 0], new Uint8Array(8), v4))],
    ['GRE of ARP', carried(GRE, concat([0, 0, 8, 6], v4))],
    ['VXLAN without an identifier', overUdp(4789, concat([0, 0, 0, 0, 0, 0, 7, 0], frame))],
    ['Geneve of a later version', overUdp(6081, concat([0x40, 0, 8, 0, 0, 0, 7, 0], v4))],
    ['Teredo with IPv4', overUdp(3544, v4)],
    ['control of L2TP', overUdp(1701, concat([0xc8, 2, 0, 12], new Uint8Array(8)))],
    ['EtherIP of another version', carried(97, concat([0x20, 0], frame))],
    ['control of GUE', overUdp(6080, concat([0x20, 4, 0, 0], v4))],
    ['AH longer than its packet', carried(AH, concat([UDP, 200, 0, 0], new Uint8Array(20), datagram))],
  ])('%s is the packet that carries it', async (_, packet) => {
    expect(await open(packet)).toBe(await decoded(RAW, packet));
  });

  it('are not followed into themselves without end', async () => {
    let packet = v4;
    for (let depth = 0; depth < 100; depth++) packet = carried(GRE, concat([0, 0, 8, 0], packet));
    expect(await open(packet)).toMatch(/^v4 8:0 > 9:0 protocol 47/);
  });

  it('an IPv4 packet of length 0 is as long as its frame', async () => {
    const offloaded = v4.slice();
    offloaded[2] = 0;
    offloaded[3] = 0;
    expect(await decoded(RAW, offloaded)).toBe(inner4(0));
    expect(await open(offloaded)).toBe(inner4(0));
    expect(await lengthsOf(RAW, offloaded.subarray(0, 30), offloaded.length)).toEqual(
      await lengthsOf(RAW, v4.subarray(0, 30), v4.length),
    );
  });

  it('an IPv6 packet of length 0 is as long as its frame when it is of TCP, else when asked to', async () => {
    const offloaded = v6.slice();
    offloaded[4] = 0;
    offloaded[5] = 0;
    expect(await decoded(RAW, offloaded)).toBe('v6 1:0 > 2:0 protocol 17 vlan 0 tunnel 0 payload 0');
    expect(await open(offloaded)).toBe(inner6(0));
    const payload = tcp({ sourcePort: 1, destinationPort: 2, payload: new Uint8Array(10) });
    const segment = ipv6({ source: '2001:db8::1', destination: '2001:db8::2', protocol: 6, payload });
    const cut = concat(segment.subarray(0, 4), [0, 0], segment.subarray(6));
    expect(await decoded(RAW, cut)).toBe(await decoded(RAW, segment));
    const jumbo = concat(
      offloaded.subarray(0, 6),
      [0],
      offloaded.subarray(7, 40),
      [UDP, 0, 0xc2, 4, 0, 0, 0, 26],
      datagram,
    );
    expect(await open(jumbo)).toBe(inner6(0));
  });
});
