import { PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { FlowApplications } from '../../../../../src/analysis/inspect/applications/flow-applications.ts';
import { APPLICATIONS } from '../../../../../src/analysis/protocols/application-ids.ts';
import { concat, latin1, u16, u32 } from '../../../../builders/payloads/bytes.ts';
import { tcpPacket, udpPacket } from '../../../../builders/payloads/packet.ts';

/** Name and whether it is guessed, of flows 0 and on, given protocol and ports of each. */
function columns(applications: FlowApplications, keys: readonly (readonly [number, number, number])[]): string[] {
  const { application, applicationGuessed } = applications.columnsOf(Uint32Array.from(keys.keys()), {
    protocol: Uint8Array.from(keys, ([protocol]) => protocol),
    sourcePort: Uint16Array.from(keys, ([, source]) => source),
    destinationPort: Uint16Array.from(keys, ([, , destination]) => destination),
  });
  return [...application].map((id, flow) => `${APPLICATIONS[id]}${applicationGuessed[flow] === 1 ? '?' : ''}`);
}

describe('FlowApplications', () => {
  it('takes the first thing that is recognised, else a guess that is marked', () => {
    const applications = new FlowApplications();
    applications.observe(0, tcpPacket(50_000, 443, 1, latin1('?')), true);
    applications.observe(0, tcpPacket(50_000, 443, 2, latin1('SSH-2.0-x\r\n')), false);
    applications.observe(0, tcpPacket(50_000, 443, 9, latin1('GET / HTTP/1.1\r\n')), true);
    applications.observe(1, tcpPacket(50_000, 443, 1, latin1('?')), true);
    expect(
      columns(applications, [
        [PROTOCOL_TCP, 50_000, 443],
        [PROTOCOL_TCP, 50_000, 443],
        [PROTOCOL_TCP, 50_000, 40_000],
        [PROTOCOL_ICMP, 0, 0],
      ]),
    ).toEqual(['SSH', 'TLS?', 'Unknown', 'ICMP']);
  });

  it('looks into the first payloads alone', () => {
    const applications = new FlowApplications();
    for (let i = 0; i < 5; i++) applications.observe(0, tcpPacket(50_000, 40_000, i, latin1('?')), true);
    applications.observe(0, tcpPacket(50_000, 40_000, 6, latin1('SSH-2.0-x\r\n')), true);
    expect(columns(applications, [[PROTOCOL_TCP, 50_000, 40_000]])).toEqual(['Unknown']);
  });

  it('compares two datagrams for RTP, of flows with any number', () => {
    const applications = new FlowApplications();
    const flow = 5000;
    for (const sequence of [1, 2]) {
      const bytes = concat([0x80, 0], u16(sequence), u32(0), u32(7), new Uint8Array(20));
      applications.observe(flow, udpPacket(21_000, 30_000, bytes), true);
    }
    const keys = {
      protocol: Uint8Array.of(PROTOCOL_UDP),
      sourcePort: Uint16Array.of(21_000),
      destinationPort: Uint16Array.of(30_000),
    };
    expect(APPLICATIONS[applications.columnsOf(Uint32Array.of(flow), keys).application[0]]).toBe('RTP');
    expect(applications.columnsOf(Uint32Array.of(9_999_999), keys).application[0]).toBe(0);
  });
});
