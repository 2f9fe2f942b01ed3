import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import type { Report } from '../../../../src/analysis/report/report.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { stateWords } from '../../../../src/analysis/sessions/long.ts';
import { innerFactsOfRow } from '../../../../src/analysis/sessions/inner-columns.ts';
import { innerSentence } from '../../../../src/analysis/sessions/inner-sentence.ts';
import { LEVELS } from '../../../../src/analysis/sessions/joined.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { udpExchange } from '../../../builders/conversation.ts';
import { byTime, pcap, type PacketRecord } from '../../../builders/pcap.ts';
import {
  heldOpen,
  mqttClient,
  ratOverQuic,
  ratOverTls,
  sshSession,
  videoStream,
} from '../../../builders/sessions/kinds.ts';
import type { Ends } from '../../../builders/sessions/timed.ts';
import { timedTcp } from '../../../builders/sessions/timed.ts';

const START = 1_772_438_400;
const ends = (port: number, clientPort = 50_000): Ends => ({
  client: { address: '10.0.0.5', port: clientPort },
  server: { address: '203.0.113.9', port },
  start: START,
});

async function analysisOf(packets: readonly PacketRecord[], settings = DEFAULT_SETTINGS): Promise<Analysis> {
  return analyze([bufferSource(pcap({ packets: [...packets].sort(byTime) }), 'built.pcap')], settings);
}

const reportOf = async (packets: readonly PacketRecord[]): Promise<Report> =>
  (await analysisOf(packets)).report(DEFAULT_SETTINGS);

/** The only listed connection: where its rhythm was found, its numbers, and what it says of its best session. */
function only({ connections }: Report) {
  expect(connections.length).toBe(1);
  const { joined, inner } = connections;
  const facts = innerFactsOfRow(inner, 0);
  return {
    level: LEVELS[joined.level[0]],
    score: joined.score[0],
    intervalS: joined.intervalS[0],
    verdict: facts?.verdict,
    sentence: facts === null ? null : innerSentence(facts),
  };
}

describe('a connection of one flow', () => {
  it('is listed for a heartbeat inside TLS, under an operator at work', async () => {
    const report = await reportOf(ratOverTls(ends(443)));
    const found = only(report);
    expect(found).toMatchObject({ level: 'inside', verdict: 'scored' });
    expect(found.score).toBeGreaterThan(0.8);
    expect(found.intervalS).toBeCloseTo(60, 1);
    expect(found.sentence).toMatch(
      /^inside one connection open for 29 min: a 90-byte message from the client every 60 s ± 0 %, 30 of 30 present$/,
    );
    expect(report.insideOnly).toBe(1);
  });

  it('is listed for a heartbeat over QUIC', async () => {
    const found = only(await reportOf(ratOverQuic(ends(443))));
    expect(found).toMatchObject({ level: 'inside', verdict: 'scored' });
    expect(found.score).toBeGreaterThan(0.8);
    expect(found.intervalS).toBeCloseTo(15.1, 1);
  });

  it("is listed for the pings of MQTT too: size and shape do not tell them from a trojan's", async () => {
    const found = only(await reportOf(mqttClient(ends(1883))));
    expect(found.score).toBeGreaterThan(0.8);
    expect(found.sentence).toContain('a 2-byte message from the client every 60 s');
  });

  it('is listed without a rhythm where somebody types', async () => {
    const found = only(await reportOf(sshSession(ends(22))));
    expect(found.score).toBeLessThan(0.3);
    expect(found.sentence).toMatch(/no steady rhythm/);
  });

  it('is not listed for a film or for what only the operating system keeps open', async () => {
    expect((await reportOf(videoStream(ends(443)))).insideOnly).toBe(0);
    expect((await reportOf(heldOpen(ends(443), 2))).insideOnly).toBe(0);
  });
});

describe('the list of long sessions', () => {
  it('tells how long, whether still open, how idle, and how it is kept alive', async () => {
    const { long } = await reportOf([...heldOpen(ends(443), 4.5), ...sshSession(ends(22, 50_001))]);
    expect(long.length).toBe(2);
    expect([...long.level]).toEqual([2, 0]);
    expect([...long.open]).toEqual([1, 0]);
    expect([0, 1].map((row) => stateWords(long, row))).toEqual([['still open'], ['closed']]);
    expect([...long.cutAtStart]).toEqual([0, 0]);
    expect(textsOf(long.addresses)[long.server[0]]).toBe('203.0.113.9');
    expect([long.clientPort[0], long.serverPort[0], long.protocol[0]]).toEqual([50_000, 443, 6]);
    expect([long.bytesSent[0], long.bytesReceived[0], long.messages[0]]).toEqual([200, 500, 2]);
    expect(long.idleShare[0]).toBeGreaterThan(0.999);
    expect(long.keepAliveS[0]).toBeCloseTo(44.98, 2);
    expect(long.probes[0]).toBe(359);
  });

  it('says of UDP and of logs neither that they are open nor that they are closed', async () => {
    const client = { address: '10.0.0.5', port: 5000 };
    const server = { address: '203.0.113.9', port: 53 };
    const bytes = new Uint8Array(20);
    const twice = [0, 90].flatMap((at) =>
      udpExchange({ client, server, start: 1_700_000_000 + at, messages: [{ from: 'client', bytes }] }),
    );
    const { long } = await reportOf(twice);
    expect([long.length, long.protocol[0], stateWords(long, 0)]).toEqual([1, 17, []]);
    const logged = { ...long, protocol: Uint8Array.of(6), messages: Float64Array.of(Number.NaN) };
    expect(stateWords(logged, 0)).toEqual([]);
    expect(stateWords({ ...logged, cutAtStart: Uint8Array.of(1) }, 0)).toEqual(['begun before the capture']);
  });

  it('calls flows that a timeout cut pieces of one session', async () => {
    const analysis = await analysisOf(ratOverTls(ends(443)), { ...DEFAULT_SETTINGS, activeTimeoutMs: 600_000 });
    const { connections, long } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    expect(long.flows[0]).toBe(3);
    for (let row = 0; row < connections.length; row++)
      expect([connections.pieces[row], connections.piecedSessions[row]]).toEqual([3, 1]);
    const detail = analysis.detail(connections.group[0]);
    expect(new Set(detail.pieceOf)).toEqual(new Set([(detail.session?.session ?? Number.NaN) + 1]));
  });
});

describe('the strip of a session', () => {
  it('has every message by side, its visits and the rhythm in words', async () => {
    const analysis = await analysisOf(ratOverQuic(ends(443)));
    const { connections } = analysis.report(DEFAULT_SETTINGS);
    const { session } = analysis.detail(connections.group[0]);
    expect(session).toMatchObject({
      length: 42,
      seen: 42,
      closed: 0,
      isCutAtStart: false,
      retransmitted: 0,
      startMs: START * 1000,
    });
    expect([...(session?.sides.subarray(0, 4) ?? [])]).toEqual([0, 1, 0, 1]);
    expect([...(session?.sizes.subarray(0, 4) ?? [])]).toEqual([1250, 1250, 31, 33]);
    expect([...(session?.visitBytes.subarray(0, 4) ?? [])]).toEqual([1250, 1250, 31, 33]);
    expect(session?.timesMs[2]).toBe(START * 1000 + 15_100);
    expect(session?.sentence).toContain('every 15 s');
  });
});

describe('several sessions of one connection', () => {
  const beats = (from: number, count: number) =>
    Array.from({ length: count }, (_, beat) => ({ at: from + 30 * beat, from: 'client' as const, bytes: 64 }));

  it('say how many of them have the rhythm', async () => {
    const packets = [0, 1, 2].flatMap((index) =>
      timedTcp({ ...ends(443, 50_000 + index), start: START + index * 1000 }, beats(1, 20), true),
    );
    packets.push(
      ...timedTcp(
        ends(443, 50_003),
        [1, 8, 9.5, 40, 41.2, 77, 130, 140.3].map((at) => ({ at, from: 'client' as const, bytes: 100 })),
      ),
    );
    const { connections } = await reportOf(packets);
    expect([connections.inner.sessions[0], connections.inner.agree[0]]).toEqual([4, 3]);
    const facts = innerFactsOfRow(connections.inner, 0);
    expect(facts === null ? '' : innerSentence(facts)).toMatch(/, 3 of 4 connections have it$/);
  });

  it('pool their starts and openers where check-ins are now a connection, now a message inside one', async () => {
    const packets = Array.from({ length: 8 }, (_, index) => index).flatMap((index) => {
      return timedTcp(
        { ...ends(443, 50_000 + index), start: START + index * 120 },
        [
          { at: 0.05, from: 'client', bytes: 64 },
          { at: 60, from: 'client', bytes: 64 },
        ],
        true,
      );
    });
    const { connections } = await reportOf(packets);
    expect(LEVELS[connections.joined.level[0]]).toBe('pooled');
    expect(connections.joined.intervalS[0]).toBeCloseTo(60, 0);
  });

  it('on the same ports are told apart inside one flow, which the timeouts never end', async () => {
    const packets = Array.from({ length: 10 }, (_, index) => index).flatMap((index) => {
      const again = { ...ends(443), start: START + index * 60, sequence: 1000 + index * 5000 };
      return timedTcp(again, [{ at: 0.1, from: 'client', bytes: 64 }], true);
    });
    const analysis = await analysisOf(packets);
    expect(analysis.flows.length).toBe(1);
    const { connections } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    expect(LEVELS[connections.joined.level[0]]).toBe('pooled');
    expect([connections.joined.intervalS[0], connections.joined.present[0]]).toEqual([60, 10]);
  });
});
