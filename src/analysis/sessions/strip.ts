import { type InnerFacts, innerSentence } from './inner-sentence.ts';
import { innerFacts } from './inner-columns.ts';
import type { SessionIndex } from './session-index.ts';
import type { InnerScore } from './inner.ts';
import { createMessages } from './series.ts';
import type { Messages, Sessions } from './sessions.ts';

/**
 * One session message by message: what the strip of a connection's detail draws. Side 0 is the client, 1 the server.
 */
export interface SessionStrip {
  /** Its number; flows that are pieces of it carry that plus one. */
  session: number;
  startMs: number;
  endMs: number;
  protocol: number;
  /** `OPEN`, `CLOSED_BY_FIN` or `CLOSED_BY_RESET`. */
  closed: number;
  /** A TCP session whose SYN was not seen. */
  isCutAtStart: boolean;
  /** The messages kept, in order of arrival: time in milliseconds since 1970, side, bytes. */
  length: number;
  timesMs: Float64Array;
  sides: Uint8Array;
  sizes: Uint16Array;
  /** All messages, kept or not. */
  seen: number;
  /**
   * Bytes of all messages from one opener to before the next, by visit and side: client, server, client, server, ...
   */
  visitBytes: Uint32Array;
  /** New payload bytes and retransmitted segments. */
  bytesSent: number;
  bytesReceived: number;
  retransmitted: number;
  /** Keep-alive probes of client and server, and the median silence in seconds before them; NaN without any. */
  probesSent: number;
  probesReceived: number;
  keepAliveS: number;
  /** The rhythm of its messages, and that in words; null with too few messages over too short a time. */
  inner: InnerScore | null;
  sentence: string | null;
}

/** The best session of a group, or the one of most messages where none has enough; null where none has any. */
export function sessionStrip(sessionIndex: SessionIndex, group: number): SessionStrip | null {
  const { ends } = sessionIndex;
  const { sessions } = ends;
  const best = sessionIndex.best(group);
  const session = best?.session ?? busiest(sessions, sessionIndex.sessionsOf(group));
  if (session === -1 || sessions.messagesSeen(session) === 0) return null;
  const client = ends.client(session);
  const messages = sessions.messages(session, createMessages());
  const { length } = messages;
  const startMs = sessions.startMs(session);
  const keepAlive = sessions.keepAlive(session);
  const facts: InnerFacts | null = best === null ? null : innerFacts(best.inner, { sessions, session }, best);
  return {
    session,
    startMs,
    endMs: startMs + sessions.durationMs(session),
    protocol: ends.protocol(session),
    closed: sessions.closed(session),
    isCutAtStart: ends.isCutAtStart(session),
    length,
    timesMs: Float64Array.from(messages.timesUs.subarray(0, length), (us) => startMs + us / 1000),
    sides: Uint8Array.from(messages.sides.subarray(0, length), (side) => (side === client ? 0 : 1)),
    sizes: messages.sizes.slice(0, length),
    seen: sessions.messagesSeen(session),
    visitBytes: visitBytes(messages, client),
    bytesSent: sessions.bytes(session, client),
    bytesReceived: sessions.bytes(session, 1 - client),
    retransmitted: sessions.retransmitted(session),
    probesSent: keepAlive?.probes[client] ?? 0,
    probesReceived: keepAlive?.probes[1 - client] ?? 0,
    keepAliveS: keepAlive?.silenceS ?? Number.NaN,
    inner: best?.inner ?? null,
    sentence: facts === null ? null : innerSentence(facts),
  };
}

function busiest(sessions: Sessions, own: Uint32Array): number {
  let best = -1;
  for (const session of own) {
    if (best === -1 || sessions.messagesSeen(session) > sessions.messagesSeen(best)) best = session;
  }
  return best;
}

function visitBytes({ length, openers, sides, sizes }: Messages, client: number): Uint32Array {
  const bytes: number[] = [];
  for (let index = 0; index < length; index++) {
    if (bytes.length === 0 || openers[index] === 1) bytes.push(0, 0);
    bytes[bytes.length - 2 + (sides[index] === client ? 0 : 1)] += sizes[index];
  }
  return Uint32Array.from(bytes);
}
