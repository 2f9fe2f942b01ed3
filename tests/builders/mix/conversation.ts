import { concat, u16, u32 } from '../payloads/bytes.ts';
import { dnsName } from '../payloads/dns.ts';
import { clientHelloRecord } from '../payloads/tls.ts';
import type { Random } from '../random.ts';
import type { MixFlow } from './flow.ts';
import type { MixWriter } from './writer.ts';

const FIN_ACK = 0x11;
const SYN = 0x02;
const SYN_ACK = 0x12;
const ACK = 0x10;
const PUSH_ACK = 0x18;
const RST_ACK = 0x14;
const NOTHING = new Uint8Array(0);
const DATAGRAM = 1250;

/** Sends a flow's next packet; true when it was the last one. */
export function nextPacket(flow: MixFlow, writer: MixWriter, random: Random): boolean {
  const step = flow.step++;
  const fromServer = (step & 1) === 1;
  switch (flow.kind) {
    case 'dns':
      writer.send(flow, fromServer, 0, lookup(flow.host, fromServer, random));
      return fromServer;
    case 'ntp':
    case 'icmp':
      writer.send(flow, fromServer, 0, writer.noise(flow.kind === 'ntp' ? 48 : 56));
      return step + 1 >= flow.packets;
    case 'quic':
      if (step < 2) writer.send(flow, fromServer, 0, writer.noise(DATAGRAM));
      else if (random.chance(0.3)) writer.send(flow, false, 0, writer.noise(random.integer(40, 99)));
      else writer.send(flow, true, 0, writer.noise(DATAGRAM));
      return step >= flow.packets + 2;
    case 'scan':
      writer.send(flow, step === 1, step === 0 ? SYN : RST_ACK, NOTHING);
      return step === 1 || random.chance(0.5);
    default:
      return nextSegment(flow, step, writer, random);
  }
}

/** A handshake, a request where the protocol has one, data in both directions, and both ends' goodbye. */
function nextSegment(flow: MixFlow, step: number, writer: MixWriter, random: Random): boolean {
  const isKept = flow.kind === 'keep';
  const opening = isKept ? 3 : 4;
  if (step < 3) writer.send(flow, step === 1, [SYN, SYN_ACK, ACK][step], NOTHING);
  else if (step < opening) writer.send(flow, false, PUSH_ACK, request(flow, writer, random));
  else if (step >= flow.packets + opening) {
    writer.send(flow, (step & 1) === 1, FIN_ACK, NOTHING);
    return step >= flow.packets + opening + 1;
  } else if (isKept) {
    writer.send(flow, random.chance(0.5), PUSH_ACK, writer.noise(random.chance(0.45) ? 0 : random.integer(0, 79)));
  } else {
    sendData(flow, writer, random);
  }
  return false;
}

function sendData(flow: MixFlow, writer: MixWriter, random: Random): void {
  const share = random.uniform();
  if (share < 0.5) writer.send(flow, true, ACK, writer.noise(flow.isIpv6 ? 1420 : 1440));
  else if (share < 0.62) writer.send(flow, true, PUSH_ACK, writer.noise(random.integer(40, 1239)));
  else if (share < 0.88) writer.send(flow, false, ACK, NOTHING);
  else writer.send(flow, false, PUSH_ACK, writer.noise(random.integer(60, 959)));
}

function request({ kind, host }: MixFlow, writer: MixWriter, random: Random): Uint8Array {
  if (kind === 'tls') return hello(host, writer);
  const lines = [
    `GET /p${random.integer(0, 9998)} HTTP/1.1`,
    'User-Agent: Mozilla/5.0',
    'Accept: */*',
    `Host: ${host}`,
  ];
  return Buffer.from(`${[...lines, 'Connection: keep-alive'].join('\r\n')}\r\n\r\n`, 'latin1');
}

function lookup(host: string, isAnswer: boolean, random: Random): Uint8Array {
  const header = concat(u16(random.integer(0, 0xffff)), u16(isAnswer ? 0x8180 : 0x0100), u16(1), u16(isAnswer ? 3 : 0));
  const question = concat(header, u32(0), dnsName(host), u16(1), u16(1));
  if (!isAnswer) return question;
  const record = (): Uint8Array =>
    concat(u16(0xc00c), u16(1), u16(1), u32(300), u16(4), u32(random.integer(0, 0xffff_ffff)));
  return concat(question, record(), record(), record());
}

const CIPHERS = concat(...Array.from({ length: 16 }, (_, index) => u16((0x1301 + index * 0x0b0b) & 0xffff)));
const HELLO_LENGTH = 517;

/** A ClientHello as browsers send it: 517 bytes with a random, a session id, a key share and padding of its own. */
function hello(host: string, writer: MixWriter): Uint8Array {
  const name = Buffer.from(host, 'latin1');
  const protocols = Buffer.from('\u0002h2\u0008http/1.1', 'latin1');
  const extensions = [
    extension(0x0a0a, NOTHING),
    extension(23, NOTHING),
    extension(0, concat(u16(name.length + 3), [0], u16(name.length), name)),
    extension(16, concat(u16(protocols.length), protocols)),
    extension(51, concat(u16(36), u16(29), u16(32), writer.noise(32))),
  ];
  const head = concat(u16(0x0303), writer.noise(32), [32], writer.noise(32), u16(CIPHERS.length), CIPHERS, [1, 0]);
  const used = 9 + head.length + 2 + extensions.reduce((sum, { length }) => sum + length, 0) + 4;
  extensions.push(extension(21, new Uint8Array(Math.max(0, HELLO_LENGTH - used))));
  const listed = concat(...extensions);
  return clientHelloRecord(concat(head, u16(listed.length), listed));
}

function extension(type: number, content: Uint8Array): Uint8Array {
  return concat(u16(type), u16(content.length), content);
}
