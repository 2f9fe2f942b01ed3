import { PROTOCOL_ICMP } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { APPLICATIONS } from '../../../../../src/analysis/protocols/application-ids.ts';
import { recogniseApplication } from '../../../../../src/analysis/inspect/applications/recognise.ts';
import { concat, latin1 } from '../../../../builders/payloads/bytes.ts';
import { hex } from '../../../../builders/payloads/hex.ts';
import { tcpPacket, udpPacket } from '../../../../builders/payloads/packet.ts';
import { TCP_SAMPLES, UDP_SAMPLES } from './samples.ts';

const CLIENT = 50_000;

function overTcp(from: number, to: number, bytes: Uint8Array): string {
  return APPLICATIONS[recogniseApplication(tcpPacket(from, to, 1, bytes))];
}

function overUdp(from: number, to: number, bytes: Uint8Array): string {
  return APPLICATIONS[recogniseApplication(udpPacket(from, to, bytes))];
}

describe('recogniseApplication', () => {
  it.each(TCP_SAMPLES)('recognises %s over TCP at port %i, in either direction', (application, port, bytes) => {
    expect(overTcp(CLIENT, port, bytes)).toBe(application);
    expect(overTcp(port, CLIENT, bytes)).toBe(application);
  });

  it.each(UDP_SAMPLES)('recognises %s over UDP at port %i, in either direction', (application, port, bytes) => {
    expect(overUdp(CLIENT, port, bytes)).toBe(application);
    expect(overUdp(port, CLIENT, bytes)).toBe(application);
  });

  it('says nothing of what it does not know, on ports that say something too', () => {
    const random = hex('9c1f3ba7 4e02d588 7710c3ee 0a94b65d 21ff8830 d7c64b19');
    for (const port of [53, 80, 123, 161, 443, 445, 502, 1194, 3389, 3478, 40_000]) {
      expect([overTcp(CLIENT, port, random), overUdp(CLIENT, port, random)], `port ${port}`).toEqual([
        'Unknown',
        'Unknown',
      ]);
    }
    const lookalikes = [
      'hello\n',
      'GETX / HTTP/1.1\r\n',
      'SSHD',
      '{"id":1,"method":"ping"}',
      '<html>',
      '220 \r\n',
      '<999>x',
      '*x\r\n$',
      '\r\n\r\n',
      `${'\r\n'.repeat(5000)}GET / HTTP/1.1\r\n`,
    ];
    for (const words of lookalikes) expect(overTcp(CLIENT, 40_000, latin1(words)), words).toBe('Unknown');
  });

  it('needs the port where bytes alone would say too little', () => {
    const bound = TCP_SAMPLES.filter(([name]) => ['Modbus', 'Diameter', 'IEC60870', 'Kerberos', 'PPTP'].includes(name));
    expect(bound).toHaveLength(5);
    for (const [, port, bytes] of bound) expect(overTcp(CLIENT, port + 1, bytes)).toBe('Unknown');
  });

  it('does not take anything for what usually is at a port', () => {
    const tunnel = concat([0x23, 200, 90], new Uint8Array(61).fill(7));
    expect(overUdp(CLIENT, 123, tunnel)).toBe('Unknown');
    expect(overUdp(CLIENT, 123, tunnel.subarray(0, 20))).toBe('Unknown');
    expect(overUdp(CLIENT, 53, tunnel)).toBe('Unknown');
    expect(overTcp(CLIENT, 88, concat([0, 0, 0, 9], latin1('job to do')))).toBe('Unknown');
  });

  it('looks at payloads of TCP and UDP alone', () => {
    const packet = udpPacket(CLIENT, 53, latin1('SSH-2.0-x'));
    packet.protocol = PROTOCOL_ICMP;
    expect(recogniseApplication(packet)).toBe(0);
    expect(overTcp(CLIENT, 22, new Uint8Array(0))).toBe('Unknown');
  });
});
