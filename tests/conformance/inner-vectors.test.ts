import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { innerFacts } from '../../src/analysis/sessions/inner-columns.ts';
import { innerSentence } from '../../src/analysis/sessions/inner-sentence.ts';
import { createInnerScratch, scoreInner } from '../../src/analysis/sessions/inner.ts';
import { createMessages } from '../../src/analysis/sessions/series.ts';
import type { Sessions } from '../../src/analysis/sessions/sessions.ts';
import { SessionTable } from '../../src/analysis/sessions/table.ts';
import { sharedFolder } from './shared.ts';

/** Names in the vectors, names in the code. */
const RHYTHM_FIELDS = {
  S: 'strength',
  interval: 'intervalS',
  jitter: 'jitter',
  lo: 'lowS',
  hi: 'highS',
  tc: 'explainedShare',
  h1: 'singleShare',
} as const;
const RHYTHM_COUNTS = { present: 'present', expected: 'expected', silent: 'silences', extra: 'extra' } as const;

interface Vector {
  name: string;
  note: string;
  tcp: boolean;
  /** Seconds, direction (0 client to server), payload bytes, sequence number, TCP flags. */
  packets: [number, 0 | 1, number, number, number][];
  expect: {
    /** Seconds, direction, opener, bytes. */
    messages: [number, 0 | 1, boolean, number][];
    duration: number;
    payload_bytes: [number, number];
    retransmitted: number;
    keepalive: { probes: [number, number]; side: 'client' | 'server'; after: number } | null;
    busy: number;
    why: string;
    bulk: number | null;
    score: number;
    closed: number;
    best:
      | (Record<keyof typeof RHYTHM_FIELDS | keyof typeof RHYTHM_COUNTS, number> & {
          series: string;
          events: number;
          size: number;
          same_size: number;
          from_client: number;
          first: number;
          last: number;
        })
      | null;
    sentence: string;
  };
}

/**
 * Two of their series have the same gaps, so that only the rounding of the reference's seconds chose between them: the
 * earlier series is chosen here, and what tells the two apart is not compared.
 */
const TIED = new Set(['rat-ping-jitter-20', 'typing']);
/** Open for four and a half minutes, which may be rounded either way. */
const HALF_MINUTE = 'clock-steps-back';

const folder = sharedFolder('vectors');
const CLIENT = 0;

function readVectors(): Vector[] {
  if (folder === null) return [];
  const text = readFileSync(path.join(folder, 'inner_vectors.json'), 'utf8');
  return (JSON.parse(text) as { vectors: Vector[] }).vectors;
}

function sessionsOf({ packets, tcp }: Vector): Sessions {
  const table = new SessionTable();
  const packet = new Packet();
  packet.protocol = tcp ? PROTOCOL_TCP : PROTOCOL_UDP;
  for (const [time, direction, length, sequence, flags] of packets) {
    packet.wirePayloadLength = length;
    packet.tcpSequence = sequence;
    packet.tcpFlags = flags;
    const microseconds = Math.round(time * 1e6);
    packet.seconds = Math.floor(microseconds / 1e6);
    packet.nanoseconds = (microseconds % 1e6) * 1000;
    table.add(packet, 0, direction, { nowMs: 0 });
  }
  return table.finish();
}

const near = (value: number, expected: number, what: string): void => {
  expect(Math.abs(value - expected), `${what}: ${value}, not ${expected}`).toBeLessThanOrEqual(1e-6);
};

describe.skipIf(folder === null)('messages inside one session, on the reference sessions (../shared/vectors)', () => {
  const vectors = readVectors();

  it('are there', () => {
    expect(vectors).toHaveLength(35);
  });

  it.each(vectors)('$name: messages and counts', (vector) => {
    const sessions = sessionsOf(vector);
    expect(sessions.length).toBe(1);
    const expected = vector.expect;
    const messages = sessions.messages(0, createMessages());
    const found = Array.from({ length: messages.length }, (_, index) => [
      Math.round(sessions.startMs(0) * 1000 + messages.timesUs[index]) / 1e6,
      messages.sides[index],
      messages.openers[index] === 1,
      messages.sizes[index],
    ]);
    expect(found).toEqual(expected.messages);
    expect(sessions.messagesSeen(0)).toBe(expected.messages.length);
    near(sessions.durationMs(0) / 1000, expected.duration, 'duration');
    expect([sessions.bytes(0, 0), sessions.bytes(0, 1)]).toEqual(expected.payload_bytes);
    expect(sessions.retransmitted(0)).toBe(expected.retransmitted);
    near(sessions.busySeconds(0) / sessions.seconds(0), expected.busy, 'busy');
    expect(sessions.closed(0)).toBe(expected.closed);
    const keepAlive = sessions.keepAlive(0);
    expect(keepAlive?.probes ?? null).toEqual(expected.keepalive?.probes ?? null);
    if (expected.keepalive !== null) near(keepAlive?.silenceS ?? Number.NaN, expected.keepalive.after, 'keep-alive');
  });

  it.each(vectors)('$name: score', (vector) => {
    const inner = scoreInner(sessionsOf(vector), 0, CLIENT, createInnerScratch());
    const expected = vector.expect;
    expect(inner.verdict).toBe(expected.why);
    near(inner.score, expected.score, 'score');
    if (expected.bulk !== null) expect(inner.bulkBytes).toBe(expected.bulk);
    expect(inner.best === null).toBe(expected.best === null);
    if (expected.best === null || inner.best === null) return;
    const { rhythm, series, events, size, sameSize, fromClient } = inner.best;
    expect(events).toBe(expected.best.events);
    near(sameSize, expected.best.same_size, 'share of the same size');
    if (!TIED.has(vector.name)) {
      expect({ series, size }).toEqual({ series: expected.best.series, size: expected.best.size });
      near(fromClient, expected.best.from_client, 'share of the client');
      near(rhythm.firstMs / 1000, expected.best.first, 'first');
      near(rhythm.lastMs / 1000, expected.best.last, 'last');
    }
    for (const [name, field] of Object.entries(RHYTHM_FIELDS)) {
      near(rhythm[field], expected.best[name as keyof typeof RHYTHM_FIELDS], name);
    }
    for (const [name, field] of Object.entries(RHYTHM_COUNTS)) {
      expect(rhythm[field], name).toBe(expected.best[name as keyof typeof RHYTHM_COUNTS]);
    }
  });

  it.each(vectors.filter(({ name }) => !TIED.has(name) && name !== HALF_MINUTE))('$name: in words', (vector) => {
    const sessions = sessionsOf(vector);
    const inner = scoreInner(sessions, 0, CLIENT, createInnerScratch());
    const facts = innerFacts(inner, { sessions, session: 0 }, { sessions: 1, agree: 0 });
    const numbers = (sentence: string): string[] => sentence.match(/[\d.]+/g) ?? [];
    expect(numbers(innerSentence(facts))).toEqual(numbers(vector.expect.sentence));
  });
});
