import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { firstMsOf, type FlowColumns, lastMsOf } from '../../../../src/analysis/flows/columns.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { tcpConversation, udpExchange } from '../../../builders/conversation.ts';
import { type PacketRecord, pcap } from '../../../builders/pcap.ts';

const START = 1_700_000_000;
const SERVER = { address: '203.0.113.9', port: 8443 };
/** The packets of check-ins a minute apart, each a tenth of a second long. */
const CHECK_INS = Array.from({ length: 12 }, (_, place) =>
  tcpConversation({
    client: { address: '10.0.0.5', port: 50_000 + place },
    server: SERVER,
    start: START + 60 * place,
    messages: [
      { from: 'client', bytes: new Uint8Array(100) },
      { from: 'server', bytes: new Uint8Array(200) },
    ],
  }),
);

/** Questions on one port, further apart than the idle timeout. */
const QUESTIONS = Array.from({ length: 12 }, (_, place) =>
  udpExchange({
    client: { address: '10.0.0.5', port: 50_000 },
    server: SERVER,
    start: START + 150 * place,
    messages: [
      { from: 'client', bytes: new Uint8Array(100) },
      { from: 'server', bytes: new Uint8Array(200) },
    ],
  }),
);

/** All packets, one of one check-in with another stamp. */
function stray(checkIn: number, place: number, seconds: number, checkIns = CHECK_INS): PacketRecord[] {
  return checkIns.flatMap((packets, index) =>
    index === checkIn ? packets.with(place, { ...packets.at(place)!, seconds }) : packets,
  );
}

async function analysed(packets: PacketRecord[], nfstream = false): Promise<Analysis> {
  return analyze([bufferSource(pcap({ packets }))], { ...DEFAULT_SETTINGS, nfstream });
}

type Times = [first: number, last: number][];

/** First and last packet by conversation: by what its flows say, which a late stamp cuts in NFStream's way. */
function flowTimes({ flows }: Analysis): Times {
  const times: Times = [];
  for (let flow = 0; flow < flows.length; flow++) {
    const [first, last] = times[flows.conversation[flow]] ?? [Infinity, 0];
    times[flows.conversation[flow]] = [Math.min(first, firstMsOf(flows, flow)), Math.max(last, lastMsOf(flows, flow))];
  }
  return times;
}

/** The same, by what sessions say. */
function sessionTimes({ parts: { sessions } }: Analysis): Times {
  const times: Times = [];
  for (let session = 0; session < sessions.length; session++) {
    const first = sessions.startMs(session);
    times[sessions.conversationOf(session)] = [first, first + sessions.durationMs(session)];
  }
  return times;
}

/** Packets and bytes each way by flow, in order of start, and whether it failed. */
function amounts(flows: FlowColumns): number[][] {
  const order = Array.from({ length: flows.length }, (_, flow) => flow);
  order.sort((a, b) => firstMsOf(flows, a) - firstMsOf(flows, b));
  return order.map((flow) =>
    (['packetsSent', 'packetsReceived', 'bytesSent', 'bytesReceived', 'failed'] as const).map((of) => flows[of][flow]),
  );
}

const LAST_PLACE = CHECK_INS[0].length - 1;

describe('a stray stamp', () => {
  const PLACES = [0, 3, LAST_PLACE];
  const WRONG = [0, 441_763_200, 4_294_967_295, START + 86_400];
  it.each([0, 5, 11].flatMap((checkIn) => PLACES.flatMap((place) => WRONG.map((at) => [checkIn, place, at] as const))))(
    'in check-in %i, on packet %i, of %i s, moves no start and no end of a connection',
    async (checkIn, place, seconds) => {
      const plain = await analysed(CHECK_INS.flat());
      const found = await analysed(stray(checkIn, place, seconds));
      // Nobody knows whether the last packet came a day later.
      if (checkIn === 11 && place === LAST_PLACE && seconds === START + 86_400) return;
      expect(amounts(found.flows)).toEqual(amounts(plain.flows));
      for (const times of [flowTimes, sessionTimes]) {
        const expected = times(plain);
        const seen = times(found);
        expect(seen.length).toBe(expected.length);
        for (const [conversation, [first, last]] of seen.entries()) {
          expect(Math.abs(first - expected[conversation][0])).toBeLessThan(100);
          expect(Math.abs(last - expected[conversation][1])).toBeLessThan(100);
        }
      }
      const intervals = [plain, found].map(
        (analysis) => analysis.report(DEFAULT_SETTINGS).connections.joined.intervalS[0],
      );
      expect(intervals[1]).toBeCloseTo(intervals[0], 1);
    },
  );

  it.each([
    [0, 0, 4_294_967_295],
    [0, 1, 4_294_967_295],
    [5, 1, 0],
    [5, 1, 4_294_967_295],
    [5, 1, START + 86_400],
    [11, 1, 4_294_967_295],
  ])(
    'in exchange %i on one port, on packet %i, of %i s, ends none and joins none',
    async (exchange, place, seconds) => {
      const packets = stray(exchange, place, seconds, QUESTIONS);
      const [plain, found] = [await analysed(QUESTIONS.flat()), await analysed(packets)];
      expect(amounts(found.flows)).toEqual(amounts(plain.flows));
      const { nfstreamFlows } = found;
      expect(amounts(nfstreamFlows)).toEqual(amounts((await analysed(packets, true)).flows));
    },
  );

  it('stays in flows exactly as NFStream makes them', async () => {
    const packets = stray(5, 0, 0);
    const { flows } = await analysed(packets, true);
    const { nfstreamFlows } = await analysed(packets);
    for (const { durationMs } of [flows, nfstreamFlows]) expect(Math.max(...durationMs)).toBeGreaterThan(59_000);
  });
});
