import {
  type Conversation,
  type Endpoint,
  ethernetFraming,
  type Message,
  tcpConversation,
  udpExchange,
} from './conversation.ts';
import { ethernet } from './ethernet.ts';
import { icmpEcho, PROTOCOL_ICMP } from './icmp.ts';
import { ip } from './ip.ts';
import { concat, latin1 } from './payloads/bytes.ts';
import { certificate } from './payloads/certificate.ts';
import { dnsQuery, dnsResponse } from './payloads/dns.ts';
import { httpRequest, httpResponse } from './payloads/http.ts';
import { ntpClient, ntpServer } from './payloads/ntp.ts';
import { cryptoFrame, QUIC_1, quicInitial } from './payloads/quic.ts';
import { tls12ServerFlight, tlsApplicationData, tlsClientHello, tlsServerHello } from './payloads/tls.ts';
import { byTime, packetAt, type PacketRecord } from './pcap.ts';
import { type Random, seededRandom } from './random.ts';
import { PROTOCOL_TCP, SYN, tcp } from './tcp.ts';

/** A packet, and whether the end that began its conversation sent it. */
export interface SidedPacket extends PacketRecord {
  ofClient: boolean;
}

const START = 1_772_438_400;
const RESOLVER = '10.0.0.53';
const PROXY = '10.0.0.3';
const NAMES = [
  'www.example.com',
  'updates.example.net',
  'xkqzvwpjrt.example.org',
  'cdn.example.top',
  'login.example.xyz',
];
const AGENTS = ['curl/8.5.0', 'Mozilla/5.0 (Windows NT 6.1; rv:10.0) Gecko/20100101 Firefox/10.0', 'agent'];
const PORTS = [443, 443, 8443, 80, 8080, 4444, 50_050];

type Ends = Omit<Conversation, 'messages'>;

/** Who calls whom, the same in all conversations of a series. */
interface Caller {
  /** Whom the server's name or its address is asked for, and what TLS says of it. */
  host: string;
  serverName: string | null;
  agent: string;
  method: string;
  /** Whether the server's address is looked up before each conversation, and what it is called. */
  looksUp: boolean;
  name: string;
  /** Bytes that its pings carry. */
  echoBytes: number;
}

type Say = (random: Random, caller: Caller) => Message[];

const client = (bytes: Uint8Array): Message => ({ from: 'client', bytes });
const server = (bytes: Uint8Array): Message => ({ from: 'server', bytes });
const noise = (random: Random, least: number, most: number): Uint8Array =>
  Uint8Array.from({ length: random.integer(least, most) }, () => random.integer(128, 255));
const requestOf = (random: Random, { method, host, agent }: Caller, path: string): Uint8Array =>
  httpRequest({ method, path, host, userAgent: agent, bodyLength: method === 'POST' ? random.integer(20, 90) : 0 });
const data = (random: Random): Message[] => [
  client(tlsApplicationData(random.integer(50, 200))),
  server(tlsApplicationData(random.integer(300, 900))),
];

/** What is said over TCP, by kind. */
const SPEECHES: Record<string, Say> = {
  tls: (random, { serverName }) => [client(tlsClientHello(serverName)), server(tlsServerHello()), ...data(random)],
  selfSigned(random, { serverName, name }) {
    const subject = { commonName: name, organization: null };
    const flight = tls12ServerFlight(certificate({ subject, issuer: subject, until: '20460101000000Z' }));
    return [client(tlsClientHello(serverName)), server(flight), ...data(random)];
  },
  http: (random, caller) => [
    client(requestOf(random, caller, '/a')),
    server(httpResponse({ status: 200, bodyLength: random.integer(400, 600) })),
  ],
  raw: (random) => [client(noise(random, 30, 90)), server(noise(random, 200, 300))],
  silent: () => [],
  upload: (random) => [client(noise(random, 2000, 9000)), server(noise(random, 30, 60))],
  ssh: (random) => [
    client(latin1('SSH-2.0-OpenSSH_9.6\r\n')),
    server(latin1('SSH-2.0-OpenSSH_8.0\r\n')),
    client(noise(random, 300, 400)),
    server(noise(random, 600, 900)),
  ],
  program(random, caller) {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\nContent-Length: 700\r\n\r\nMZ';
    return [client(requestOf(random, caller, '/a.gif')), server(concat(latin1(head), noise(random, 698, 698)))];
  },
};
const TCP_KINDS = Object.keys(SPEECHES);
const KINDS = [
  ...TCP_KINDS,
  ...TCP_KINDS,
  'refused',
  'unanswered',
  'proxied',
  'dns',
  'ntp',
  'quic',
  'datagrams',
  'echo',
  'long',
];

/** An hour or so of one small network: series of conversations of all kinds, some of them as regular as check-ins are. */
export function traffic(seed: number, series = 8): SidedPacket[] {
  const random = seededRandom(seed);
  const packets: SidedPacket[] = [];
  const port = ports();
  for (let number = 0; number < series; number++) packets.push(...seriesOf(random.pick(KINDS), random, port));
  return packets.sort(byTime);
}

function ports(): () => number {
  let used = 0;
  return () => 49_152 + ((used++ * 7919) % 16_384);
}

/** Conversations of one client with one server. */
function seriesOf(kind: string, random: Random, port: () => number): SidedPacket[] {
  const isIpv6 = random.chance(0.2) && !['echo', 'proxied', 'dns'].includes(kind);
  const [host, peer] = [random.integer(10, 14), random.integer(1, 250)];
  const from = isIpv6 ? `fd00::${host}` : `10.0.0.${host}`;
  const address = isIpv6 ? `2001:db8::${peer}` : `203.0.113.${peer}`;
  const name = random.pick(NAMES);
  const caller = {
    name,
    host: random.chance(0.6) ? name : address,
    serverName: random.chance(0.5) ? name : null,
    agent: random.pick(AGENTS),
    method: random.pick(['GET', 'POST']),
    looksUp: random.chance(0.4) && !isIpv6,
    echoBytes: random.pick([48, 700]),
  };
  const count = kind === 'long' ? 1 : random.integer(3, 14);
  const [every, jitter] = [random.uniform(20, 240), random.pick([0, 0.1, 0.9])];
  const to = { address, port: random.pick(PORTS) };
  const packets: SidedPacket[] = [];
  let at = START + random.uniform(0, 600);
  for (let index = 0; index < count; index++, at += every * random.uniform(1 - jitter, 1 + jitter)) {
    if (caller.looksUp) packets.push(...lookUp(random, { address: from, port: port() }, name, address, at - 0.2));
    packets.push(
      ...conversationOf(kind, random, { client: { address: from, port: port() }, server: to, start: at }, caller),
    );
  }
  return packets;
}

function lookUp(random: Random, asking: Endpoint, name: string, answer: string, start: number): SidedPacket[] {
  const id = random.integer(1, 60_000);
  const messages = [client(dnsQuery(id, name)), server(dnsResponse(id, name, [answer]))];
  return sided(udpExchange, { client: asking, server: { address: RESOLVER, port: 53 }, start, messages });
}

function conversationOf(kind: string, random: Random, ends: Ends, caller: Caller): SidedPacket[] {
  const { server: to, client: from, start } = ends;
  const udpTo = (port: number, messages: Message[]): SidedPacket[] =>
    sided(udpExchange, { ...ends, server: { ...to, port }, messages });
  if (kind === 'refused' || kind === 'unanswered') return tried(ends, kind === 'refused');
  if (kind === 'echo') return echoes(ends, caller.echoBytes);
  if (kind === 'dns') return lookUp(random, from, caller.name, '203.0.113.7', start);
  if (kind === 'ntp') return udpTo(123, [client(ntpClient()), server(ntpServer())]);
  if (kind === 'datagrams') return udpTo(4507, [client(noise(random, 40, 90)), server(noise(random, 100, 400))]);
  if (kind === 'quic') {
    const id = { version: QUIC_1, clientConnectionId: noise(random, 8, 8), paddedTo: 1200 };
    const first = quicInitial(cryptoFrame(0, tlsClientHello(caller.name).subarray(5)), id);
    return udpTo(443, [client(first), server(noise(random, 1000, 1200)), server(noise(random, 1000, 1200))]);
  }
  if (kind === 'proxied') {
    const { name, agent } = caller;
    const request = `CONNECT ${name}:443 HTTP/1.1\r\nHost: ${name}:443\r\nUser-Agent: ${agent}\r\n\r\n`;
    const opening = [client(latin1(request)), server(latin1('HTTP/1.1 200 OK\r\n\r\n'))];
    const messages = [...opening, ...SPEECHES['tls'](random, caller)];
    return sided(tcpConversation, { ...ends, server: { address: PROXY, port: 3128 }, messages });
  }
  const spoken = SPEECHES[kind === 'long' ? 'tls' : kind](random, caller);
  const beats = kind !== 'long' ? [] : Array.from({ length: random.integer(20, 60) }, () => data(random)).flat();
  const every = random.uniform(20, 90);
  for (const beat of beats) if (beat.from === 'client') beat.delay = every;
  const close = random.pick(['fin', 'rst', 'open'] as const);
  return sided((conversation) => tcpConversation({ ...conversation, close }), {
    ...ends,
    messages: [...spoken, ...beats],
  });
}

/** The packets of a conversation, told apart by who sent them. */
export function sided<Talk extends Conversation>(
  made: (conversation: Talk) => PacketRecord[],
  conversation: Talk,
): SidedPacket[] {
  const senders: boolean[] = [];
  const packets = made({
    ...conversation,
    framing(packet, source, destination) {
      senders.push(source === conversation.client);
      return ethernetFraming(packet, source, destination);
    },
  });
  return packets.map((packet, index) => ofSide(packet, senders[index]));
}

export function ofSide(packet: PacketRecord, ofClient: boolean): SidedPacket {
  return Object.assign(packet, { ofClient });
}

/** A SYN, sent again after a second and after three, that nobody answers, or that is refused. */
export function tried({ client: from, server: to, start }: Ends, isRefused: boolean): SidedPacket[] {
  return (isRefused ? [0] : [0, 1, 3]).flatMap((after) => {
    const syn = tcp({ sourcePort: from.port, destinationPort: to.port, sequence: 1000, flags: SYN });
    const reset = tcp({ sourcePort: to.port, destinationPort: from.port, acknowledgment: 1001, flags: 0x14 });
    const asked = ip({ source: from.address, destination: to.address, protocol: PROTOCOL_TCP, payload: syn });
    const answer = ip({ source: to.address, destination: from.address, protocol: PROTOCOL_TCP, payload: reset });
    const sent = ofSide(packetAt(start + after, ethernetFraming(asked, from, to)), true);
    return isRefused ? [sent, ofSide(packetAt(start + 0.01, ethernetFraming(answer, to, from)), false)] : [sent];
  });
}

/** Two pings, or what looks like them and carries data. */
export function echoes({ client: from, server: to, start }: Ends, size: number): SidedPacket[] {
  return [0, 1].flatMap((sequence) =>
    ([8, 0] as const).map((type) => {
      const [source, destination] = type === 8 ? [from.address, to.address] : [to.address, from.address];
      const payload = icmpEcho(type, 7, sequence, new Uint8Array(size));
      const packet = ip({ source, destination, protocol: PROTOCOL_ICMP, payload });
      const frame = ethernet({ etherType: 0x0800, payload: packet });
      return ofSide(packetAt(start + sequence + (8 - type) / 400, frame), type === 8);
    }),
  );
}
