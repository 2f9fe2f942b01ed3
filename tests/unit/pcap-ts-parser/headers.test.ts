import { describe, expect, it } from 'vitest';
import { ethernet, ETHERTYPE_IPV4, ETHERTYPE_IPV6, ETHERTYPE_QINQ, ETHERTYPE_VLAN } from '../../builders/ethernet.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { fragmentHeader, ipv6, optionsHeader, routingHeader } from '../../builders/ipv6.ts';
import { loopback } from '../../builders/null.ts';
import { sll } from '../../builders/sll.ts';
import { tcp } from '../../builders/tcp.ts';
import { udp } from '../../builders/udp.ts';
import { concat, decoded, fragmentOf, lengthsOf } from './decoded.ts';

const ETHERNET = 1;

const datagram = udp({ sourcePort: 1, destinationPort: 2, payload: new Uint8Array(10) });
const v4 = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload: datagram });
const v6 = ipv6({ source: '2001:db8::1', destination: '2001:db8::2', protocol: 17, payload: datagram });
const plain4 = 'v4 1:1 > 2:2 protocol 17 vlan 0 tunnel 0 payload 10';
const plain6 = 'v6 1:1 > 2:2 protocol 17 vlan 0 tunnel 0 payload 10';

describe('link layers', () => {
  it.each([
    ['Ethernet', ETHERNET, ethernet({ etherType: ETHERTYPE_IPV4, payload: v4 }), plain4],
    ['Ethernet with IPv6', ETHERNET, ethernet({ etherType: ETHERTYPE_IPV6, payload: v6 }), plain6],
    [
      'a VLAN tag',
      ETHERNET,
      ethernet({ etherType: ETHERTYPE_IPV4, payload: v4, tags: [{ id: 7 }] }),
      plain4.replace('vlan 0', 'vlan 7'),
    ],
    [
      '802.1ad outside 802.1Q: the innermost id',
      ETHERNET,
      ethernet({
        etherType: ETHERTYPE_IPV4,
        payload: v4,
        tags: [
          { type: ETHERTYPE_QINQ, id: 100 },
          { type: ETHERTYPE_VLAN, id: 8 },
        ],
      }),
      plain4.replace('vlan 0', 'vlan 8'),
    ],
    [
      'MPLS with two labels',
      ETHERNET,
      ethernet({ etherType: 0x8847, payload: concat([0, 1, 0, 64, 0, 2, 1, 64], v4) }),
      plain4,
    ],
    [
      'a PPPoE session',
      ETHERNET,
      ethernet({ etherType: 0x8864, payload: concat([0x11, 0, 0, 1, 0, 60, 0, 0x21], v4) }),
      plain4,
    ],
    [
      'LLC with SNAP',
      ETHERNET,
      ethernet({ etherType: 8 + v4.length, payload: concat([0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4) }),
      plain4,
    ],
    ['an EtherType that is no IP', ETHERNET, ethernet({ etherType: 0x0806, payload: v4 }), 'no IP'],
    ['loopback, little-endian', 0, loopback({ payload: v4 }), plain4],
    ['loopback, big-endian', 108, loopback({ payload: v4, littleEndian: false }), plain4],
    ['raw IP', 101, v6, plain6],
    ['raw IPv4', 228, v4, plain4],
    ['Linux cooked', 113, sll({ protocol: ETHERTYPE_IPV4, payload: v4 }), plain4],
    ['PPP', 9, concat([0x00, 0x21], v4), plain4],
    ['PPP with address and control', 50, concat([0xff, 0x03, 0x00, 0x57], v6), plain6],
    ['Cisco HDLC', 104, concat([0x0f, 0, 8, 0], v4), plain4],
    ['802.11 data', 105, concat([0x08, 0x01], new Uint8Array(22), [0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4), plain4],
    ['802.11 in secret', 105, concat([0x08, 0x41], new Uint8Array(22), [0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4), 'no IP'],
  ])('%s', async (_, linkType, data, want) => {
    expect(await decoded(linkType, data)).toBe(want);
  });

  it('padding is no payload', async () => {
    const small = ipv4({
      source: '10.0.0.1',
      destination: '10.0.0.2',
      protocol: 17,
      payload: udp({ sourcePort: 1, destinationPort: 2 }),
    });
    const padded = ethernet({ etherType: ETHERTYPE_IPV4, payload: small, minimumLength: 60 });
    expect(await decoded(ETHERNET, padded)).toBe(plain4.replace('payload 10', 'payload 0'));
  });
});

describe('IP', () => {
  const between = { source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload: datagram };
  const between6 = { source: '2001:db8::1', destination: '2001:db8::2', protocol: 17, payload: datagram };
  const tunnel = { source: '10.0.0.8', destination: '10.0.0.9' };

  it.each([
    ['options', ipv4({ ...between, options: new Uint8Array(8) }), plain4],
    ['a first fragment', ipv4({ ...between, moreFragments: true }), plain4],
    ['a later fragment', ipv4({ ...between, fragmentOffset: 1480 }), 'no IP'],
    ['a total length of 0', ipv4({ ...between, totalLength: 0 }), plain4],
    [
      'a UDP header too short for ports',
      ipv4({ ...between, payload: datagram.subarray(0, 6) }),
      'v4 1:0 > 2:0 protocol 17 vlan 0 tunnel 0 payload 0',
    ],
    ['another protocol', ipv4({ ...between, protocol: 1 }), 'v4 1:0 > 2:0 protocol 1 vlan 0 tunnel 0 payload 18'],
    [
      'extension headers',
      ipv6({ ...between6, extensions: [optionsHeader(0), routingHeader(), optionsHeader(60)] }),
      plain6,
    ],
    ['a first IPv6 fragment', ipv6({ ...between6, extensions: [fragmentHeader({ offset: 0, more: true })] }), plain6],
    [
      'a later IPv6 fragment',
      ipv6({ ...between6, extensions: [fragmentHeader({ offset: 1480, more: false })] }),
      'no IP',
    ],
    ['an IPv4 header of 16 bytes', concat([0x44], v4.subarray(1)), 'no IP'],
    ['an IPv4 packet shorter than its header', ipv4({ ...between, totalLength: 19 }), 'no IP'],
    [
      'an extension header longer than the packet',
      ipv6({ ...between6, extensions: [optionsHeader(0)], payloadLength: 7 }),
      'no IP',
    ],
    ['IPv6 that says nothing follows', ipv6({ ...between6, protocol: 59 }), 'no IP'],
    ['4in4', ipv4({ ...tunnel, protocol: 4, payload: v4 }), plain4],
    ['6in4', ipv4({ ...tunnel, protocol: 41, payload: v6 }), plain6],
    ['4in6', ipv6({ ...between6, protocol: 4, payload: v4 }), plain4],
    ['6in6', ipv6({ ...between6, protocol: 41, payload: v6 }), plain6],
    [
      'GTP-U',
      ipv4({
        ...tunnel,
        protocol: 17,
        payload: udp({ sourcePort: 9, destinationPort: 2152, payload: concat([0x30, 255, 0, 0, 0, 0, 0, 1], v4) }),
      }),
      plain4.replace('tunnel 0', 'tunnel 1'),
    ],
    [
      'a GTP-U echo, which holds no packet',
      ipv4({
        ...tunnel,
        protocol: 17,
        payload: udp({ sourcePort: 9, destinationPort: 2152, payload: Uint8Array.of(0x30, 1, 0, 0, 0, 0, 0, 1) }),
      }),
      'v4 8:9 > 9:2152 protocol 17 vlan 0 tunnel 0 payload 8',
    ],
  ])('%s', async (_, packet, want) => {
    expect(await decoded(101, packet)).toBe(want);
  });

  it('around a later fragment is what it says itself', async () => {
    const inner = ipv4({ ...between, fragmentOffset: 1480 });
    expect(await decoded(101, ipv4({ ...tunnel, protocol: 4, payload: inner }))).toMatch(/^v4 8:0 > 9:0 protocol 4 /);
    const inner6 = ipv6({ ...between6, extensions: [fragmentHeader({ offset: 1480, more: false })] });
    expect(await decoded(101, ipv4({ ...tunnel, protocol: 41, payload: inner6 }))).toMatch(
      /^v4 8:0 > 9:0 protocol 41 /,
    );
  });

  it('says of fragments where they lie, behind the headers that only the first has', async () => {
    const options = { extensions: [fragmentHeader({ offset: 0, more: true, identification: 5 }), optionsHeader(60)] };
    const rest = { extensions: [optionsHeader(0), fragmentHeader({ offset: 1480, more: false, identification: 5 })] };
    const open = { moreFragments: true, identification: 4 };
    expect(await fragmentOf(ipv4({ ...between, ...open }))).toEqual([5, 0, 8, 10]);
    expect(await fragmentOf(ipv4({ ...between, ...open, fragmentOffset: 1480 }))).toEqual([5, 4, 1480, 18]);
    expect(await fragmentOf(ipv6({ ...between6, ...options }))).toEqual([6, 0, 16, 10]);
    expect(await fragmentOf(ipv6({ ...between6, ...rest }))).toEqual([6, 6, 1480, 18, 'last']);
    expect(await fragmentOf(ipv4({ ...between, fragmentOffset: 8 }).subarray(0, 30))).toEqual([1, 4, 8, 10, 'last']);
    expect(await fragmentOf(ipv4({ ...tunnel, ...open, protocol: 4, payload: v4 }))).toEqual([5, 0, -1, 10]);
    // Of the inner one nothing is said: it is no packet here.
    const inner = ipv4({ ...between, fragmentOffset: 1480 });
    expect(await fragmentOf(ipv4({ ...tunnel, ...open, protocol: 4, payload: inner }))).toEqual([5, 0, 0, 38]);
    expect((await fragmentOf(ipv4({ ...tunnel, protocol: 4, payload: inner })))[0]).toBe(0);
    const gtp = udp({ sourcePort: 9, destinationPort: 2152, payload: concat([0x30, 255, 0, 0, 0, 0, 0, 1], inner) });
    expect(await fragmentOf(ipv4({ ...tunnel, ...open, protocol: 17, payload: gtp }))).toEqual([5, 0, 8, 46]);
  });

  it('nesting without end is not followed', async () => {
    let nested = v4;
    for (let depth = 0; depth < 50; depth++) nested = ipv4({ ...tunnel, protocol: 4, payload: nested });
    expect(await decoded(101, nested)).toMatch(/^v4 8:0 > 9:0 protocol 4 /);
  });

  it('ports that the snap length cut off are 0', async () => {
    const segment = tcp({ sourcePort: 5, destinationPort: 6, payload: new Uint8Array(10) });
    const whole = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 6, payload: segment });
    expect(await decoded(101, whole.subarray(0, 22), whole.length)).toBe(
      'v4 1:0 > 2:0 protocol 6 vlan 0 tunnel 0 payload 0',
    );
    expect(await decoded(101, whole.subarray(0, 24), whole.length)).toBe(
      'v4 1:5 > 2:6 protocol 6 vlan 0 tunnel 0 payload 0',
    );
  });

  it('lengths by the headers are those on the wire, whatever padding adds and the snap length cuts', async () => {
    const segment = tcp({ sourcePort: 5, destinationPort: 6, payload: new Uint8Array(10) });
    const over4 = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 6, payload: segment });
    expect(
      await lengthsOf(ETHERNET, ethernet({ etherType: ETHERTYPE_IPV4, payload: over4, minimumLength: 90 })),
    ).toEqual([50, 10, 10]);
    expect(await lengthsOf(101, over4.subarray(0, 43), over4.length)).toEqual([50, 3, 10]);
    expect(await lengthsOf(101, over4.subarray(0, 28), over4.length)).toEqual([50, 0, 10]);
    expect(await lengthsOf(101, over4.subarray(0, 22), over4.length)).toEqual([50, 0, 0]);
    expect(await lengthsOf(101, ipv6({ ...between6, extensions: [optionsHeader(0)] }))).toEqual([66, 10, 10]);
    expect(await lengthsOf(101, ipv4({ ...tunnel, protocol: 41, payload: v6 }))).toEqual([58, 10, 10]);
    const echo = udp({ sourcePort: 9, destinationPort: 2152, payload: Uint8Array.of(0x30, 1, 0, 0, 0, 0, 0, 1) });
    expect(await lengthsOf(101, ipv4({ ...tunnel, protocol: 17, payload: echo }))).toEqual([36, 8, 8]);
  });
});
