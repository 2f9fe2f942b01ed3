import { dnsQuery, dnsResponse } from '../payloads/dns.ts';
import { latin1 } from '../payloads/bytes.ts';
import { ACK, PROTOCOL_TCP, PSH, RST, SYN, tcp } from '../tcp.ts';
import { udp } from '../udp.ts';
import { anyLabel, framed, hostile, type HostileCapture, numbered, packet, random, RECORD_BYTES } from './frames.ts';

const PROTOCOL_UDP = 17;
const PROTOCOL_IPIP = 4;
const PROTOCOL_GRE = 47;
const CLIENT = '10.0.0.1';
const SERVER = '203.0.113.9';
const RESOLVER = '10.0.0.53';
const PORTS = { sourcePort: 5000, destinationPort: 80 };
/** A flow ends when nothing comes for so long. */
const IDLE_MS = 130_000;

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

const anyAddress = (): string => [1, 2, 3, 4].map(() => random.integer(1, 223)).join('.');
const anyPort = (): number => random.integer(1, 65_535);

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

const FOLLOWED = ['--follow', `${CLIENT},${SERVER},${PORTS.destinationPort},${PORTS.sourcePort}`];
const OPENED = ['--open-tunnels'];

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
