import type { Packet } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { DnsCache } from '../../../../../src/analysis/inspect/names/dns-cache.ts';
import { concat } from '../../../../builders/payloads/bytes.ts';
import { dnsAnswer, dnsRecord, dnsResponse, overTcp } from '../../../../builders/payloads/dns.ts';
import { udpPacket } from '../../../../builders/payloads/packet.ts';

/** A packet between two IPv4 addresses. */
function between(
  source: number[],
  destination: number[],
  sourcePort: number,
  payload: Uint8Array = new Uint8Array(0),
): Packet {
  const packet = udpPacket(sourcePort, 40_000, payload);
  packet.source = packet.bytes.length;
  packet.destination = packet.source + 4;
  packet.bytes = concat(packet.bytes, source, destination);
  return packet;
}

const CLIENT = [10, 0, 0, 1];
const OTHER = [10, 0, 0, 2];
const RESOLVER = [10, 0, 0, 53];
const SERVER = [192, 0, 2, 1];

function told(resolutions: DnsCache, client: number[], name: string, atMs: number, port = 53): void {
  const message = dnsResponse(1, name, ['192.0.2.1']);
  const packet = between(RESOLVER, client, port, message);
  resolutions.learn(packet.bytes, packet.payload, packet.payload + message.length, packet, atMs);
}

describe('Resolutions', () => {
  it('names an address as the client asked for it last, for that client alone', () => {
    const resolutions = new DnsCache();
    told(resolutions, CLIENT, 'first.example', 1000);
    told(resolutions, CLIENT, 'second.example', 2000);
    told(resolutions, OTHER, 'other.example', 3000);
    expect(resolutions.nameFor(between(CLIENT, SERVER, 40_000), 5000)).toBe('second.example');
    expect(resolutions.nameFor(between(OTHER, SERVER, 40_000), 5000)).toBe('other.example');
    expect(resolutions.nameFor(between(RESOLVER, SERVER, 40_000), 5000)).toBe('');
    expect(resolutions.nameFor(between(SERVER, CLIENT, 443), 5000)).toBe('');
  });

  it('names nothing before it was asked for', () => {
    const resolutions = new DnsCache();
    told(resolutions, CLIENT, 'late.example', 2000);
    expect(resolutions.nameFor(between(CLIENT, SERVER, 40_000), 1999)).toBe('');
    expect(resolutions.nameFor(between(CLIENT, SERVER, 40_000), 2000)).toBe('late.example');
  });

  it('tells everyone what multicast told', () => {
    const resolutions = new DnsCache();
    told(resolutions, [224, 0, 0, 251], 'printer.local', 1000, 5353);
    expect(resolutions.nameFor(between(OTHER, SERVER, 40_000), 2000)).toBe('printer.local');
  });

  it('learns from all messages of a TCP segment', () => {
    const resolutions = new DnsCache();
    const payload = concat(
      overTcp(dnsResponse(1, 'none.example', [])),
      overTcp(dnsResponse(2, 'tcp.example', ['192.0.2.1'])),
      [0, 99, 1],
    );
    const packet = between(RESOLVER, CLIENT, 53, payload);
    resolutions.learnStream(packet.bytes, packet.payload, packet.payload + payload.length, packet, 0);
    expect(resolutions.nameFor(between(CLIENT, SERVER, 40_000), 0)).toBe('tcp.example');
  });

  it('keeps what very many clients were told apart, and at last lets go of what was told first', () => {
    const resolutions = new DnsCache();
    const client = (index: number): number[] => [10, index >> 16, (index >> 8) & 255, index & 255];
    const nameOf = (index: number): string => resolutions.nameFor(between(client(index), SERVER, 40_000), 9e9);
    const message = dnsResponse(1, 'a.example', ['192.0.2.1']);
    const packet = between(RESOLVER, client(0), 53, message);
    for (let index = 0; index <= 400_000; index++) {
      packet.bytes.set(client(index), packet.destination);
      packet.bytes[packet.payload + 13] = index % 3 === 0 ? 0x61 : 0x62;
      resolutions.learn(packet.bytes, packet.payload, packet.payload + message.length, packet, index);
    }
    expect([200_000, 300_000, 399_999, 400_000].map(nameOf)).toEqual([
      'b.example',
      'a.example',
      'a.example',
      'b.example',
    ]);
    expect([0, 199_999].map(nameOf)).toEqual(['', '']);
    expect(resolutions.forgotten).toBe(200_000);
    told(resolutions, client(200_000), 'c.example', 5e8);
    expect(nameOf(200_000)).toBe('c.example');
  });

  it('names addresses of IPv6, and mixes up no versions', () => {
    const resolutions = new DnsCache();
    const client = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    const server = [...client.slice(0, 15), 2];
    const toClient = (port: number, from: number[], to: number[], payload: Uint8Array = new Uint8Array(0)): Packet => {
      const packet = udpPacket(port, 40_000, payload);
      packet.ipVersion = 6;
      packet.source = packet.bytes.length;
      packet.destination = packet.source + 16;
      packet.bytes = concat(packet.bytes, from, to);
      return packet;
    };
    const message = dnsAnswer('six.example', [
      dnsRecord([0xc0, 12], 28, server),
      dnsRecord([0xc0, 12], 1, [0x20, 1, 0x0d, 0xb8]),
    ]);
    const packet = toClient(53, server, client, message);
    resolutions.learn(packet.bytes, packet.payload, packet.payload + message.length, packet, 0);
    expect(resolutions.nameFor(toClient(40_000, client, server), 1)).toBe('six.example');
    expect(resolutions.nameFor(toClient(40_000, server, client), 1)).toBe('');
    expect(resolutions.nameFor(between([0x20, 1, 0x0d, 0xb8], [0x20, 1, 0x0d, 0xb8], 40_000), 1)).toBe('');
  });
});
