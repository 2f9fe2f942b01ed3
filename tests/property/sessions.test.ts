import fc from 'fast-check';
import { bufferSource, PROTOCOL_UDP, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { FlowTable } from '../../src/analysis/flows/table.ts';
import { createInnerScratch, scoreInner } from '../../src/analysis/sessions/inner.ts';
import { ListedSessions, sessionRows } from '../../src/analysis/sessions/session-rows.ts';
import type { Sessions } from '../../src/analysis/sessions/sessions.ts';
import { SessionTable } from '../../src/analysis/sessions/table.ts';
import { pcap } from '../builders/pcap.ts';
import { feed, messagesOf, type Seen } from '../builders/sessions/feed.ts';
import { mqttClient, ratOverQuic, ratOverTls } from '../builders/sessions/kinds.ts';

/** Payload of both sides, with pauses around a second and long ones; sequence numbers may pass 2^32. */
const conversation = fc
  .tuple(
    fc.array(
      fc.record({
        pause: fc.oneof(fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: 10, max: 5000, noNaN: true })),
        side: fc.constantFrom(0 as const, 1 as const),
        bytes: fc.integer({ min: 2, max: 1400 }),
      }),
      { minLength: 1, maxLength: 60 },
    ),
    fc.integer({ min: 0, max: 0xffff_ffff }),
  )
  .map(([parts, first]) => {
    const next = [first, (first + 77) >>> 0];
    let at = 0;
    return parts.map(({ pause, side, bytes }): Seen & { bytes: number; sequence: number } => {
      at = Math.round((at + pause) * 1e6) / 1e6;
      const sequence = next[side];
      next[side] = (sequence + bytes) >>> 0;
      return { at, side, bytes, sequence };
    });
  });

const sessionsOf = (packets: readonly Seen[]): Sessions => feed(packets).finish();
const inOrder = (packets: readonly Seen[]): Seen[] => packets.toSorted((a, b) => a.at - b.at);

/** Everything that is known of all sessions. */
function everything(sessions: Sessions) {
  const scratch = createInnerScratch();
  return Array.from({ length: sessions.length }, (_, session) => ({
    startMs: sessions.startMs(session),
    durationMs: sessions.durationMs(session),
    bytes: [sessions.bytes(session, 0), sessions.bytes(session, 1)],
    ends: [sessions.conversationOf(session), sessions.closed(session), sessions.synSeen(session)],
    counts: [sessions.retransmitted(session), sessions.messagesSeen(session), sessions.seconds(session)],
    messages: messagesOf(sessions, session),
    busy: sessions.busySeconds(session),
    keepAlive: sessions.keepAlive(session),
    inner: scoreInner(sessions, session, sessions.firstSender(session), scratch),
  }));
}

/** Another conversation of its own beside it, which two sessions make up. */
const closing: Seen[] = [
  { at: 1, flags: 0x02, conversation: 1, sequence: 5 },
  { at: 2, bytes: 9, conversation: 1, sequence: 6 },
  { at: 3, flags: 0x01, conversation: 1, sequence: 15 },
  { at: 900, flags: 0x02, conversation: 1, sequence: 77_000, side: 1 },
];

describe('sessions as columns', () => {
  it('say the same', () => {
    fc.assert(
      fc.property(conversation, (packets) => {
        const sessions = sessionsOf([...packets, ...closing]);
        const listed = new ListedSessions(sessionRows(sessions));
        expect(everything(listed)).toEqual(everything(sessions));
        const facts = ({ length, conversations, lostMessages }: Sessions) => [length, conversations, lostMessages];
        expect(facts(listed)).toEqual(facts(sessions));
      }),
    );
  });

  it('have only the messages of the time that is asked for', () => {
    const sessions = sessionsOf([0, 10, 20, 30].map((at) => ({ at, bytes: 5, sequence: at })));
    const { rows, messages } = sessionRows(sessions, Uint32Array.of(0), { fromMs: 10_000, toMs: 20_000 });
    expect([...messages.timesUs]).toEqual([10e6, 20e6]);
    expect([rows.messagesKept[0], rows.messagesSeen[0]]).toEqual([2, 2]);
  });
});

describe('the messages of a session', () => {
  it('are those of a plain model', () => {
    fc.assert(
      fc.property(conversation, (packets) => {
        const last = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
        const current: number[] = [-1, -1];
        const expected: [number, number, boolean, number][] = [];
        for (const { at, side = 0, bytes } of packets) {
          const us = Math.round(at * 1e6);
          if (us - last[side] > 1e6) {
            current[side] = expected.push([us, side, us - Math.max(last[0], last[1]) > 1e6, 0]) - 1;
          }
          expected[current[side]][3] = Math.min(65_535, expected[current[side]][3] + bytes);
          last[side] = us;
        }
        const startUs = Math.round(packets[0].at * 1e6);
        const sessions = sessionsOf(packets);
        expect(messagesOf(sessions)).toEqual(
          expected.map(([us, side, opener, size]) => [(us - startUs) / 1e6, side, opener, size]),
        );
        const seconds = new Set(packets.map(({ at }) => Math.floor((Math.round(at * 1e6) - startUs) / 1e6)));
        expect(sessions.busySeconds(0)).toBe(seconds.size);
      }),
    );
  });

  it('are the same with segments sent again, soon or late', () => {
    const again = fc.array(fc.tuple(fc.nat(), fc.double({ min: 0, max: 20, noNaN: true })), { maxLength: 20 });
    fc.assert(
      fc.property(conversation, again, (packets, copies) => {
        const repeated = copies.map(([which, later]) => {
          const packet = packets[which % packets.length];
          return { ...packet, at: Math.round((packet.at + later + 1e-6) * 1e6) / 1e6 };
        });
        const plain = sessionsOf(packets);
        const sessions = sessionsOf(inOrder([...packets, ...repeated]));
        expect(messagesOf(sessions)).toEqual(messagesOf(plain));
        expect([sessions.bytes(0, 0), sessions.bytes(0, 1)]).toEqual([plain.bytes(0, 0), plain.bytes(0, 1)]);
        expect(sessions.retransmitted(0)).toBe(copies.length);
      }),
    );
  });

  it('are the same with segments split', () => {
    fc.assert(
      fc.property(
        conversation,
        fc.array(fc.integer({ min: 1, max: 1399 }), { minLength: 1, maxLength: 8 }),
        (packets, cuts) => {
          const split = packets.flatMap((packet, index) => {
            const cut = cuts[index % cuts.length];
            if (cut >= packet.bytes) return [packet];
            return [
              { ...packet, bytes: cut },
              { ...packet, bytes: packet.bytes - cut, sequence: (packet.sequence + cut) >>> 0 },
            ];
          });
          expect(everything(sessionsOf(split))).toEqual(everything(sessionsOf(packets)));
        },
      ),
    );
  });

  it('do not get more when segments overtake one another within half a second', () => {
    fc.assert(
      fc.property(conversation, fc.infiniteStream(fc.double({ min: 0, max: 0.25, noNaN: true })), (packets, delays) => {
        const late = packets.map((packet) => ({
          ...packet,
          at: Math.round((packet.at + (delays.next().value ?? 0)) * 1e6) / 1e6,
        }));
        expect(sessionsOf(inOrder(late)).messagesSeen(0)).toBeLessThanOrEqual(mostMessages(packets, late));
      }),
    );
  });
});

/** Messages there would be if every segment came in the order of its bytes, at the time it came. */
function mostMessages(packets: readonly Seen[], late: readonly Seen[]): number {
  let count = 0;
  for (const side of [0, 1]) {
    let lastAt = Number.NEGATIVE_INFINITY;
    packets.forEach((packet, index) => {
      if (packet.side !== side) return;
      const at = Math.max(lastAt, late[index].at);
      if (Math.round((at - lastAt) * 1e6) > 1e6) count++;
      lastAt = at;
    });
  }
  return count;
}

describe('sessions of a capture', () => {
  const ends = (clientPort: number) => ({
    client: { address: '10.0.0.5', port: clientPort },
    server: { address: '203.0.113.9', port: 443 },
    start: 1_772_438_400,
  });
  const packets = [...ratOverTls(ends(50_000)), ...ratOverQuic(ends(50_001)), ...mqttClient(ends(50_002))].sort(
    (a, b) => a.seconds - b.seconds || a.nanoseconds - b.nanoseconds,
  );
  const bytes = pcap({ packets });

  async function read(chunkBytes: number, idleTimeoutMs: number, activeTimeoutMs: number) {
    const flows = new FlowTable({ idleTimeoutMs, activeTimeoutMs });
    const sessions = new SessionTable();
    await readPackets(
      bufferSource(bytes, 'built.pcap'),
      (packet) => {
        flows.add(packet);
        sessions.add(packet, flows.conversation, flows.swapped ? 1 : 0, flows.clock);
      },
      { chunkBytes },
    );
    return everything(sessions.finish());
  }

  it('depend neither on how it is read nor on the timeouts of flows', async () => {
    const expected = await read(1 << 20, 120_000, 1_800_000);
    expect(expected.map(({ inner }) => inner.verdict)).toEqual(['scored', 'scored', 'scored']);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 1, max: 2_000_000 }),
        async (...settings) => {
          expect(await read(...settings)).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('score the same whenever they happen', () => {
    fc.assert(
      fc.property(conversation, fc.integer({ min: 0, max: 4e9 }), (some, shift) => {
        const datagrams = some.map((packet) => ({ ...packet, protocol: PROTOCOL_UDP }));
        const later = datagrams.map((packet) => ({ ...packet, at: packet.at + shift }));
        const score = (of: readonly Seen[]): number => {
          const sessions = sessionsOf(of);
          return scoreInner(sessions, 0, sessions.firstSender(0), createInnerScratch()).score;
        };
        expect(score(later)).toBe(score(datagrams));
      }),
    );
  });
});
