import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { APPLICATIONS, applicationId } from '../../../../../src/analysis/protocols/application-ids.ts';
import { applicationOfIpProtocol, guessApplication } from '../../../../../src/analysis/inspect/applications/ports.ts';

function guess(protocol: number, source: number, destination: number): string {
  return APPLICATIONS[guessApplication(protocol, source, destination)];
}

it('numbers every application once, from nobody knows on', () => {
  expect(new Set(APPLICATIONS).size).toBe(APPLICATIONS.length);
  expect(APPLICATIONS[0]).toBe('Unknown');
  expect(APPLICATIONS.map((name) => applicationId(name))).toEqual([...APPLICATIONS.keys()]);
  expect(APPLICATIONS.length).toBeLessThan(256);
});

it('guesses by the destination port, else by the source port', () => {
  expect(guess(PROTOCOL_TCP, 50_000, 443)).toBe('TLS');
  expect(guess(PROTOCOL_TCP, 443, 50_000)).toBe('TLS');
  expect(guess(PROTOCOL_TCP, 80, 443)).toBe('TLS');
  expect(guess(PROTOCOL_UDP, 50_000, 443)).toBe('QUIC');
  expect(guess(PROTOCOL_UDP, 123, 123)).toBe('NTP');
  expect(guess(PROTOCOL_TCP, 50_000, 123)).toBe('Unknown');
  expect(guess(PROTOCOL_ICMP, 0, 80)).toBe('Unknown');
});

it('knows IP protocols that are applications themselves', () => {
  const protocols = [PROTOCOL_ICMP, PROTOCOL_ICMPV6, 2, 47, 50, 89, 132, PROTOCOL_TCP, PROTOCOL_UDP, 255];
  expect(protocols.map((protocol) => APPLICATIONS[applicationOfIpProtocol(protocol)])).toEqual([
    'ICMP',
    'ICMPV6',
    'IGMP',
    'GRE',
    'IPSec',
    'OSPF',
    'SCTP',
    'Unknown',
    'Unknown',
    'Unknown',
  ]);
});
