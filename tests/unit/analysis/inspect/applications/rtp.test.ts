import { describe, expect, it } from 'vitest';
import { APPLICATIONS } from '../../../../../src/analysis/protocols/application-ids.ts';
import { RtpStreams } from '../../../../../src/analysis/inspect/applications/rtp.ts';
import { concat, u16, u32 } from '../../../../builders/payloads/bytes.ts';
import { udpPacket } from '../../../../builders/payloads/packet.ts';

function rtp(sequence: number, source = 7, type = 0, first = 0x80): Uint8Array {
  return concat([first, type], u16(sequence), u32(160 * sequence), u32(source), new Uint8Array(160));
}

/** What the last of these datagrams of one direction is taken for. */
function last(...datagrams: readonly Uint8Array[]): string {
  const streams = new RtpStreams();
  let application = 0;
  for (const bytes of datagrams) application = streams.observe(3, udpPacket(20_000, 30_000, bytes), true);
  return APPLICATIONS[application];
}

describe('RtpStreams', () => {
  it('takes two packets of one source whose sequence goes on, also around its end and across a loss', () => {
    expect(last(rtp(1), rtp(2))).toBe('RTP');
    expect(last(rtp(0xffff), rtp(0))).toBe('RTP');
    expect(last(rtp(1), rtp(1), rtp(9))).toBe('RTP');
  });

  it('takes nothing else', () => {
    expect(last(rtp(1))).toBe('Unknown');
    expect(last(rtp(1), rtp(1))).toBe('Unknown');
    expect(last(rtp(1), rtp(100))).toBe('Unknown');
    expect(last(rtp(1, 7), rtp(2, 8))).toBe('Unknown');
    expect(last(rtp(1, 7, 0), rtp(2, 7, 8))).toBe('Unknown');
    expect(last(rtp(1, 7, 72), rtp(2, 7, 72))).toBe('Unknown');
    expect(last(rtp(1, 7, 0, 0x40), rtp(2, 7, 0, 0x40))).toBe('Unknown');
    expect(last(rtp(1), new Uint8Array(4), rtp(2))).toBe('Unknown');
    expect(last(rtp(1).subarray(0, 11), rtp(2).subarray(0, 11))).toBe('Unknown');
  });

  it('keeps flows and directions apart, and forgets', () => {
    const streams = new RtpStreams();
    const see = (flow: number, sequence: number, forward: boolean): number =>
      streams.observe(flow, udpPacket(20_000, 30_000, rtp(sequence)), forward);
    expect([see(1, 1, true), see(2, 2, true), see(1, 2, false)]).toEqual([0, 0, 0]);
    streams.forget(1);
    expect([see(1, 2, true), see(1, 3, false), see(2, 3, true)]).toEqual([0, 0, APPLICATIONS.indexOf('RTP')]);
  });

  it('bounds what it remembers', () => {
    const streams = new RtpStreams();
    const see = (flow: number, sequence: number): number =>
      streams.observe(flow, udpPacket(20_000, 30_000, rtp(sequence)), true);
    for (let flow = 0; flow < 10_000; flow++) see(flow, 1);
    for (let flow = 10_000 - 4096; flow < 10_000; flow++) expect(see(flow, 2)).toBe(APPLICATIONS.indexOf('RTP'));
    for (let flow = 0; flow < 10_000 - 8192; flow++) expect(see(flow, 2)).toBe(0);
  });
});
