import type { Random } from '../random.ts';

export type MixMode = 'ordinary' | 'small';
export type MixKind = 'tls' | 'http' | 'dns' | 'quic' | 'scan' | 'keep' | 'icmp' | 'ntp';

export const ICMP = 1;
export const TCP = 6;
export const UDP = 17;
export const ICMPV6 = 58;

/** One conversation of the mix, from its first packet to its last. */
export interface MixFlow {
  kind: MixKind;
  isIpv6: boolean;
  /** 802.1Q id, 0 for none. */
  vlan: number;
  protocol: number;
  client: number;
  server: number;
  clientPort: number;
  serverPort: number;
  /** Packets sent so far, and how many of data there will be. */
  step: number;
  packets: number;
  clientSequence: number;
  serverSequence: number;
  host: string;
}

const TOP_LEVEL = ['com', 'net', 'org', 'io', 'co.uk'];
const KEPT_PORTS = [443, 5222, 8883, 22, 3389];
/** Few servers have most of the traffic. */
const POPULARITY = 2.2;
const SERVERS: Record<MixMode, number> = { ordinary: 8000, small: 60_000 };
const RESOLVER = 0x0a00_0035;

/** Sizes with a heavy tail: most are near `least`, few are thousands of times that. */
function pareto(random: Random, least: number, shape: number, most: number): number {
  return Math.min(most, Math.floor(least * (1 - random.uniform()) ** (-1 / shape)));
}

/** A flow of the kinds that a mode has, in their shares. */
export function newFlow(mode: MixMode, random: Random): MixFlow {
  const server = Math.floor(random.uniform() ** POPULARITY * SERVERS[mode]);
  const flow = flowOf('tls', random);
  flow.client = 0x0a00_0000 | (random.integer(0, 3) << 16) | random.integer(0, 1999);
  flow.server = (0x1700_0000 + ((Math.imul(server, 0x9e37_79b1) >>> 0) % 0x6000_0000)) >>> 0;
  flow.host = `h${server % 7}.site${server}.${TOP_LEVEL[server % 5]}`;
  flow.isIpv6 = random.chance(0.12);
  flow.vlan = random.chance(0.15) ? 11 + random.integer(0, 3) : 0;
  const share = random.uniform();
  if (mode === 'ordinary') ordinary(flow, share, random);
  else small(flow, share, random);
  return flow;
}

/** A check-in of one of the implants: a short TLS connection to its own server. */
export function newCheckIn(implant: number, random: Random): MixFlow {
  return {
    ...flowOf('tls', random),
    client: 0x0a00_0a00 + implant,
    server: 0x2d4d_0000 + implant,
    packets: 4,
    host: `c2-${implant}.evil.example`,
  };
}

function flowOf(kind: MixKind, random: Random): MixFlow {
  return {
    kind,
    isIpv6: false,
    vlan: 0,
    protocol: TCP,
    client: 0,
    server: 0,
    clientPort: 32_768 + random.integer(0, 27_999),
    serverPort: 443,
    step: 0,
    packets: 0,
    clientSequence: random.integer(0, 0xffff_ffff),
    serverSequence: random.integer(0, 0xffff_ffff),
    host: '',
  };
}

function ordinary(flow: MixFlow, share: number, random: Random): void {
  if (share < 0.35) {
    become(flow, 'dns', UDP, 53, 0);
    flow.server = RESOLVER;
  } else if (share < 0.82) become(flow, 'tls', TCP, 443, pareto(random, 4.6, 1.25, 20_000));
  else if (share < 0.9) become(flow, 'http', TCP, 80, pareto(random, 4, 1.25, 20_000));
  else if (share < 0.96) become(flow, 'quic', UDP, 443, pareto(random, 6, 1.3, 20_000));
  else if (share < 0.98) become(flow, 'ntp', UDP, 123, 2);
  else {
    become(flow, 'icmp', flow.isIpv6 ? ICMPV6 : ICMP, 0, 4);
    flow.clientPort = random.integer(0, 0xffff);
  }
}

function small(flow: MixFlow, share: number, random: Random): void {
  if (share < 0.35) become(flow, 'dns', UDP, 53, 0);
  else if (share < 0.6) become(flow, 'scan', TCP, random.integer(0, 0xffff), 2);
  else if (share < 0.9) become(flow, 'keep', TCP, random.pick(KEPT_PORTS), pareto(random, 8, 1.4, 5000));
  else become(flow, 'ntp', UDP, 123, 2);
}

function become(flow: MixFlow, kind: MixKind, protocol: number, serverPort: number, packets: number): void {
  flow.kind = kind;
  flow.protocol = protocol;
  flow.serverPort = serverPort;
  flow.packets = packets;
}
