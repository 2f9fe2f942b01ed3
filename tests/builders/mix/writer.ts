import type { Random } from '../random.ts';
import { ICMP, ICMPV6, type MixFlow, type MixMode, TCP } from './flow.ts';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const CHUNK = 1 << 20;
/** More than one step of the mix may write: a piece is given out when less than this is left of it. */
const HEADROOM = 1 << 17;
const NOISE = 1 << 17;
const LONGEST_NOISE = 2048;
/** Frames of Ethernet are padded to this; captures of a small mix are cut from a link without padding. */
const SHORTEST_FRAME = 60;
const ETHERNET_IPV4 = 0x0800;
const ETHERNET_IPV6 = 0x86dd;
const VLAN_TAG = 0x8100;
const SYN = 0x02;
const FIN_OR_SYN = 0x03;

/** Writes packets with all headers into a capture, at `seconds` since 1970. Checksums are 0, but for IPv4's. */
export class MixWriter {
  seconds: number;
  bytesWritten = FILE_HEADER;
  private readonly mode: MixMode;
  private readonly random: Random;
  private readonly start: number;
  private readonly bytesOfNoise = new Uint8Array(NOISE);
  private chunk = new Uint8Array(CHUNK);
  private view = new DataView(this.chunk.buffer);
  private at = 0;
  private packets = 0;

  constructor(mode: MixMode, random: Random, start: number) {
    this.mode = mode;
    this.random = random;
    this.start = start;
    this.seconds = start;
    for (let index = 0; index < NOISE; index++) this.bytesOfNoise[index] = random.integer(0, 255);
    for (const word of [0xa1b2_c3d4, 0x0004_0002, 0, 0, 262_144, 1]) this.putLittle(word);
  }

  /** So many bytes that look encrypted. */
  noise(length: number): Uint8Array {
    const from = this.random.integer(0, NOISE - LONGEST_NOISE);
    return this.bytesOfNoise.subarray(from, from + length);
  }

  /** The piece at hand when it is full, else null. */
  takeFull(): Uint8Array<ArrayBuffer> | null {
    return this.at < CHUNK - HEADROOM ? null : this.takeRest();
  }

  takeRest(): Uint8Array<ArrayBuffer> {
    const piece = this.chunk.subarray(0, this.at);
    this.chunk = new Uint8Array(CHUNK);
    this.view = new DataView(this.chunk.buffer);
    this.at = 0;
    return piece;
  }

  /** Writes one packet of a flow, and counts its sequence numbers on. */
  send(flow: MixFlow, fromServer: boolean, flags: number, payload: Uint8Array): void {
    const record = this.at;
    this.at += RECORD_HEADER;
    const frame = this.at;
    this.putAddresses(fromServer);
    if (flow.vlan !== 0) {
      this.put16(VLAN_TAG);
      this.put16(flow.vlan);
    }
    const transport = flow.protocol === TCP ? this.tcpHeader(flags) : 8;
    this.put16(flow.isIpv6 ? ETHERNET_IPV6 : ETHERNET_IPV4);
    if (flow.isIpv6) this.putIpv6(flow, fromServer, transport + payload.length);
    else this.putIpv4(flow, fromServer, transport + payload.length);
    if (flow.protocol === TCP) this.putTcp(flow, fromServer, flags, transport, payload.length);
    else this.putDatagram(flow, fromServer, payload.length);
    this.chunk.set(payload, this.at);
    this.at += payload.length;
    if (this.mode === 'ordinary') this.at = Math.max(this.at, frame + SHORTEST_FRAME);
    const end = this.at;
    this.at = record;
    const second = Math.floor(this.seconds);
    for (const word of [second, Math.floor((this.seconds - second) * 1e6), end - frame, end - frame])
      this.putLittle(word);
    this.at = end;
    this.bytesWritten += end - record;
    this.packets++;
  }

  /** SYNs carry a few options, all else timestamps; a small mix has neither. */
  private tcpHeader(flags: number): number {
    return this.mode === 'small' ? 20 : (flags & SYN) !== 0 ? 28 : 32;
  }

  private putAddresses(fromServer: boolean): void {
    for (const first of fromServer ? [0x02, 0x0a] : [0x0a, 0x02])
      for (let index = 0; index < 6; index++) this.chunk[this.at++] = first + index;
  }

  private putIpv4(flow: MixFlow, fromServer: boolean, length: number): void {
    const header = this.at;
    this.put16(0x4500);
    this.put16(20 + length);
    this.put16(this.packets & 0xffff);
    this.put16(0x4000);
    this.put16(0x4000 | flow.protocol);
    this.put16(0);
    this.put32(fromServer ? flow.server : flow.client);
    this.put32(fromServer ? flow.client : flow.server);
    let sum = 0;
    for (let at = header; at < this.at; at += 2) sum += this.view.getUint16(at);
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
    this.view.setUint16(header + 10, ~sum & 0xffff);
  }

  private putIpv6(flow: MixFlow, fromServer: boolean, length: number): void {
    this.put32(0x6000_0000);
    this.put16(length);
    this.put16((flow.protocol << 8) | 64);
    const ends = [
      [0xfd00_0001, flow.client],
      [0x2001_0db8, flow.server],
    ];
    for (const [network, host] of fromServer ? ends.toReversed() : ends) {
      for (const word of [network, 0, 0, host]) this.put32(word);
    }
  }

  private putTcp(flow: MixFlow, fromServer: boolean, flags: number, header: number, length: number): void {
    const start = this.at;
    this.put16(fromServer ? flow.serverPort : flow.clientPort);
    this.put16(fromServer ? flow.clientPort : flow.serverPort);
    this.put32(fromServer ? flow.serverSequence : flow.clientSequence);
    this.put32(fromServer ? flow.clientSequence : flow.serverSequence);
    this.put16(((header / 4) << 12) | flags);
    this.put16(64_240);
    this.put32(0);
    if (header > 20) this.chunk.fill(1, this.at, start + header);
    if (header === 28) this.view.setUint32(this.at, 0x0204_05b4);
    if (header === 32) {
      this.view.setUint16(this.at, 0x080a);
      this.view.setUint32(this.at + 2, ((this.seconds - this.start) * 1000) >>> 0);
      this.view.setUint32(this.at + 6, 0);
    }
    this.at = start + header;
    const counted = length + ((flags & FIN_OR_SYN) !== 0 ? 1 : 0);
    if (fromServer) flow.serverSequence = (flow.serverSequence + counted) >>> 0;
    else flow.clientSequence = (flow.clientSequence + counted) >>> 0;
  }

  private putDatagram(flow: MixFlow, fromServer: boolean, length: number): void {
    if (flow.protocol === ICMP || flow.protocol === ICMPV6) {
      this.put16(fromServer ? 0 : 0x0800);
      this.put16(0);
      this.put16(flow.clientPort);
      this.put16(flow.step);
      return;
    }
    this.put16(fromServer ? flow.serverPort : flow.clientPort);
    this.put16(fromServer ? flow.clientPort : flow.serverPort);
    this.put16(8 + length);
    this.put16(0);
  }

  private put16(value: number): void {
    this.view.setUint16(this.at, value);
    this.at += 2;
  }

  private put32(value: number): void {
    this.view.setUint32(this.at, value);
    this.at += 4;
  }

  private putLittle(value: number): void {
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }
}
