import { ethernet, ETHERTYPE_IPV4 } from '../ethernet.ts';
import { ipv4 } from '../ipv4.ts';
import { dnsQuery, dnsResponse } from '../payloads/dns.ts';
import { latin1 } from '../payloads/bytes.ts';
import { pcap, type PacketRecord } from '../pcap.ts';
import { seededRandom } from '../random.ts';
import { ACK, PROTOCOL_TCP, PSH, RST, SYN, tcp } from '../tcp.ts';
import { udp } from '../udp.ts';

const START = 1_772_438_400;
const PROTOCOL_UDP = 17;
const PROTOCOL_IPIP = 4;
const PROTOCOL_GRE = 47;
const CLIENT = '10.0.0.1';
const SERVER = '203.0.113.9';
const RESOLVER = '10.0.0.53';
const PORTS = { sourcePort: 5000, destinationPort: 80 };
/** A flow ends when nothing comes for so long. */
const IDLE_MS = 130_000;
/** What a record of the file has besides its frame. */
const RECORD_BYTES = 16;

/** Makes a packet of a capture that has so many bytes, about. */
type Frame = (index: number, bytes: number) => Uint8Array;

/** A capture of so many bytes, or a frame more, of frames that come so many milliseconds apart. */
function filled(bytes: number, frame: Frame, everyMs: number): Uint8Array {
  const packets: PacketRecord[] = [];
  for (let length = 0; length < bytes; length += RECORD_BYTES + packets[packets.length - 1].data.length) {
    const index = packets.length;
    packets.push({
      seconds: START + Math.floor((index * everyMs) / 1000),
      nanoseconds: ((index * everyMs) % 1000) * 1e6,
      data: frame(index, bytes),
    });
  }
  return pcap({ packets });
}

function packet(source: string, destination: string, protocol: number, payload: Uint8Array): Uint8Array {
  return ipv4({ source, destination, protocol, payload });
}

function framed(payload: Uint8Array): Uint8Array {
  return ethernet({ etherType: ETHERTYPE_IPV4, payload });
}

/** A segment from the client of one flow. */
function segment(sequence: number, payload: Uint8Array, flags = ACK | PSH): Uint8Array {
  return framed(packet(CLIENT, SERVER, PROTOCOL_TCP, tcp({ ...PORTS, sequence: sequence >>> 0, flags, payload })));
}

function query(index: number, name: string): Uint8Array {
  const datagram = udp({
    sourcePort: 20_000 + (index % 30_000),
    destinationPort: 53,
    payload: dnsQuery(index & 0xffff, name),
  });
  return framed(packet(CLIENT, RESOLVER, PROTOCOL_UDP, datagram));
}

/** An address of a network whose first byte is this. */
function numbered(network: number, index: number): string {
  return [network, index >> 16, index >> 8, index].map((byte) => byte & 0xff).join('.');
}

/** An opening of a connection, in a frame. */
function opening(source: string, destination: string, sourcePort: number): Uint8Array {
  return framed(packet(source, destination, PROTOCOL_TCP, tcp({ sourcePort, destinationPort: 443, flags: SYN })));
}
/** What a frame with one takes in a file. */
const OPENING_BYTES = RECORD_BYTES + opening(CLIENT, SERVER, 1024).length;

/** What a resolver tells a client: that there is no such name. */
function missing(index: number, client: string, name: string): Uint8Array {
  const datagram = udp({
    sourcePort: 53,
    destinationPort: 20_000 + (index % 30_000),
    payload: dnsResponse(index & 0xffff, name, []),
  });
  return framed(packet(RESOLVER, client, PROTOCOL_UDP, datagram));
}

function request(index: number, host: string): Uint8Array {
  const payload = latin1(`GET / HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: x\r\n\r\n`);
  const ports = { sourcePort: 1024 + (index % 60_000), destinationPort: 80 };
  const header = tcp({ ...ports, sequence: 1, flags: ACK | PSH, payload });
  return framed(packet(numbered(10, index), numbered(48, index), PROTOCOL_TCP, header));
}

const random = seededRandom(1);
const anyAddress = (): string => [1, 2, 3, 4].map(() => random.integer(1, 223)).join('.');
const anyPort = (): number => random.integer(1, 65_535);
const anyLabel = (): string => random.integer(0, 2 ** 40).toString(36);

/** A packet in packets, `depth` levels deep. */
function nested(depth: number, protocol: number, between: Uint8Array): Uint8Array {
  let inner = packet(CLIENT, SERVER, PROTOCOL_UDP, udp({ ...PORTS, payload: latin1('x') }));
  for (let level = 0; level < depth; level++)
    inner = packet(CLIENT, SERVER, protocol, new Uint8Array(Buffer.concat([between, inner])));
  return inner;
}

/** Flows of a connection that are as many as a rhythm takes. */
const CHECK_INS = 5;
const WORDS = latin1('x'.repeat(1400));
const GRE_HEADER = Uint8Array.of(0, 0, 8, 0);

/** A capture that was made to be slow to read. */
export interface HostileCapture {
  /** Of so many bytes, about. */
  build: (bytes: number) => Uint8Array;
  /** Options of the terminal program that make it slower still. */
  options: readonly string[];
}

const FOLLOWED = ['--follow', `${CLIENT},${SERVER},${PORTS.destinationPort},${PORTS.sourcePort}`];
const OPENED = ['--open-tunnels'];

function hostile(frame: Frame, options: readonly string[] = [], everyMs = 1): HostileCapture {
  return { build: (bytes) => filled(bytes, frame, everyMs), options };
}

/** Such captures by what they are made of. */
export const HOSTILE_CAPTURES: Readonly<Record<string, HostileCapture>> = {
  'flows of one packet': hostile(() => opening(anyAddress(), anyAddress(), anyPort())),
  'check-ins of five flows each': hostile((index, bytes) => {
    const hosts = Math.ceil(bytes / OPENING_BYTES / CHECK_INS);
    const host = index % hosts;
    return opening(numbered(10, host), numbered(48, host), 1024 + ((host + 7 * Math.floor(index / hosts)) % 60_000));
  }),
  'names under one domain': hostile((index) => query(index, `${anyLabel()}.evil.example`)),
  'domains asked for once': hostile((index) => query(index, `${anyLabel()}.com`)),
  'names that do not exist, told to a client each': hostile((index) => {
    return missing(index, numbered(10, index), `${anyLabel()}.com`);
  }),
  'hosts of requests': hostile((index) => request(index, `${anyLabel()}.com`)),
  'segments with a gap before each': hostile((index) => segment(index * 100_003, latin1('z')), FOLLOWED),
  'segments from the last to the first': hostile((index) => segment(-20 * index, latin1('z')), FOLLOWED),
  'segments that overlap': hostile((index) => segment(index, WORDS), FOLLOWED),
  'segments of one byte': hostile((index) => segment(index, latin1('G')), FOLLOWED),
  'openings of one connection': hostile(
    (index) => segment(7919 * index, latin1('z'), index % 2 === 0 ? SYN : ACK),
    FOLLOWED,
  ),
  'one connection that begins anew again and again': hostile(
    (index) => segment(1000 * index, new Uint8Array(0), index % 2 === 0 ? SYN : RST),
    [],
    IDLE_MS,
  ),
  'tunnels of GRE, 100 deep': hostile(() => framed(nested(100, PROTOCOL_GRE, GRE_HEADER)), OPENED),
  'tunnels of IP, 1,000 deep': hostile(() => framed(nested(1000, PROTOCOL_IPIP, new Uint8Array(0))), OPENED),
};
