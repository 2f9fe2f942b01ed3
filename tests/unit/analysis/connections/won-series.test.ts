import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import type { ConnectionDetail } from '../../../../src/analysis/connections/connection-detail.ts';
import { FLOW_ENDINGS } from '../../../../src/analysis/connections/flow-endings.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { LEVELS } from '../../../../src/analysis/sessions/joined.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { tcpConversation, udpExchange } from '../../../builders/conversation.ts';
import { latin1 } from '../../../builders/payloads/bytes.ts';
import { byTime, pcap, type PacketRecord } from '../../../builders/pcap.ts';
import { ratOverTls } from '../../../builders/sessions/kinds.ts';

const START = 1_772_438_400;
const ends = {
  client: { address: '10.0.0.5', port: 50_000 },
  server: { address: '203.0.113.9', port: 443 },
  start: START,
};

/** The detail of the only connection, and the level that its row is ranked by. */
async function only(packets: readonly PacketRecord[]): Promise<{ detail: ConnectionDetail; level: string }> {
  const analysis = await analyze(
    [bufferSource(pcap({ packets: [...packets].sort(byTime) }), 'a.pcap')],
    DEFAULT_SETTINGS,
  );
  const { connections } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
  expect(connections.length).toBe(1);
  return { detail: analysis.detail(connections.group[0]), level: LEVELS[connections.joined.level[0]] };
}

/** A call a minute, each with an answer. */
const calls = (count: number): PacketRecord[] =>
  Array.from({ length: count }, (_, call) =>
    tcpConversation({
      client: { address: '10.0.0.5', port: 50_000 + call },
      server: ends.server,
      start: START + 60 * call,
      messages: [
        { from: 'client', bytes: new Uint8Array(64) },
        { from: 'server', bytes: new Uint8Array(48) },
      ],
    }),
  ).flat();

describe('the series that a connection is ranked by', () => {
  it('is that of flow starts for a program that calls again and again', async () => {
    const { detail, level } = await only(calls(20));
    expect(level).toBe('flow');
    expect(detail.won).toMatchObject({ level, timesMs: detail.checkInsMs, rhythm: detail.rhythm });
    expect(detail.won?.events.checkInsMs).toHaveLength(20);
  });

  it('is that of messages inside a connection which stays open, at the times they came', async () => {
    const { detail, level } = await only(ratOverTls(ends));
    expect(level).toBe('inside');
    expect(detail.won?.level).toBe(level);
    expect(detail.won?.timesMs[0]).toBeGreaterThanOrEqual(START * 1000);
    expect(detail.won?.rhythm.intervalS).toBeCloseTo(60, 1);
    expect(detail.won?.events.checkInsMs.length).toBeGreaterThan(20);
  });

  it('is none where nothing is scored', async () => {
    const { detail } = await only(calls(2));
    expect(detail.won).toBeNull();
  });
});

describe('how flows ended', () => {
  it('is told by their sessions', async () => {
    const { detail } = await only(calls(3));
    expect(Array.from(detail.ending, (code) => FLOW_ENDINGS[code])).toEqual(['closed', 'closed', 'closed']);
  });

  it('is open for what went on until the capture ended, also where only a part of the time is looked at', async () => {
    const packets = [0, 300].flatMap((second) =>
      udpExchange({ ...ends, start: START + second, messages: [{ from: 'client', bytes: new Uint8Array(9) }] }),
    );
    const bytes = pcap({ packets: [...packets, ...calls(1)].sort(byTime) });
    const analysis = await analyze([bufferSource(bytes, 'a.pcap')], DEFAULT_SETTINGS);
    const endings = (): string[] => {
      const { group } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 }).connections;
      const { ending } = analysis.detail(group[0]);
      return Array.from(ending, (code) => FLOW_ENDINGS[code]);
    };
    expect(endings()).toEqual(['silence', 'closed', 'open']);
    analysis.lookAt({ fromMs: START * 1000, toMs: (START + 60) * 1000 });
    expect(endings()).toEqual(['silence', 'closed']);
  });

  it('is not made up for flows of a log', async () => {
    const rows = ['SF', 'S0'].map(
      (state, at) => `${START + at}\tC${at}\t10.0.0.5\t4000${at}\t203.0.113.9\t443\ttcp\t1.0\t${state}`,
    );
    const fields = '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tduration\tconn_state';
    const log = ['#separator \\x09', '#path\tconn', fields, ...rows, ''].join('\n');
    const analysis = await analyze([bufferSource(latin1(log), 'conn.log')], DEFAULT_SETTINGS);
    const { group } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 }).connections;
    const { ending } = analysis.detail(group[0]);
    expect(Array.from(ending, (code) => FLOW_ENDINGS[code])).toEqual(['logged', 'no answer']);
  });
});
