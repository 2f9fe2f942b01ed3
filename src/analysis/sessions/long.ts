import { type TextPool, poolOf } from '../memory/text-pool.ts';
import type { SessionIndex } from './session-index.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';
import type { NumberArray } from '../memory/growing-column.ts';
import { OPEN } from './sessions.ts';

/** Hours from which a connection is long, longer, ...: RITA's default thresholds. */
export const LONG_LEVELS_MS = [1, 4, 8, 12].map((hours) => hours * 3_600_000);
/** Shorter sessions are not listed, and of more than these only the longest. */
const LEAST_MS = 60_000;
const MOST_SESSIONS = 10_000;

/** Sessions as columns, the longest first. */
export interface LongSessions {
  length: number;
  /** Sessions of at least a minute, listed or not. */
  total: number;
  /** How many sessions, listed or not, reach each of `LONG_LEVELS_MS`. */
  reached: readonly number[];
  /** Number of the session, and of the group it is in (`ConnectionTable.group`). */
  session: Uint32Array;
  group: Uint32Array;
  /** Indexes into `addresses`. */
  client: Uint32Array;
  server: Uint32Array;
  clientPort: Uint16Array;
  serverPort: Uint16Array;
  protocol: Uint8Array;
  /** Index into `names`; entry 0 is the empty name. */
  name: Uint32Array;
  startMs: Float64Array;
  durationMs: Float64Array;
  /** How many of `LONG_LEVELS_MS` it reaches: 0 to 4. */
  level: Uint8Array;
  /** 1 where neither FIN nor reset was seen; 1 for TCP without a SYN. */
  open: Uint8Array;
  cutAtStart: Uint8Array;
  /** Payload bytes of the client and the server, each counted once. */
  bytesSent: Float64Array;
  bytesReceived: Float64Array;
  /** Share of its seconds without new payload. */
  idleShare: Float64Array;
  messages: Uint32Array;
  /** Keep-alive probes, and the median silence in seconds before them; NaN without any. */
  probes: Uint32Array;
  keepAliveS: Float64Array;
  /** Flows that it was cut into. */
  flows: Uint32Array;
  addresses: TextPool;
  names: TextPool;
}

/** Lists the longest sessions of all connections, the earlier of equals first. */
export function longSessions(sessionIndex: SessionIndex): LongSessions {
  const { ends } = sessionIndex;
  const { sessions, flows } = ends;
  const long: number[] = [];
  for (let session = 0; session < sessions.length; session++) {
    if (sessions.durationMs(session) >= LEAST_MS && sessionIndex.groupOfSession(session) !== -1) long.push(session);
  }
  long.sort((a, b) => sessions.durationMs(b) - sessions.durationMs(a) || sessions.startMs(a) - sessions.startMs(b));
  const listed = long.slice(0, MOST_SESSIONS);
  const addresses = new DistinctTexts();
  const names = new DistinctTexts();
  names.numberOf('');
  const { length } = listed;
  const clients = listed.map((session) => ends.client(session));
  const keepAlives = listed.map((session) => sessions.keepAlive(session));
  const filled = <Column extends NumberArray>(
    column: Column,
    valueOf: (session: number, client: number, index: number) => number,
  ): Column => {
    for (let index = 0; index < length; index++) column[index] = valueOf(listed[index], clients[index], index);
    return column;
  };
  const addressOf = (session: number, side: number): number =>
    addresses.numberOf(flows.addresses[ends.address(session, side)]);
  const probesOf = (index: number): readonly number[] => keepAlives[index]?.probes ?? [0, 0];
  return {
    length,
    total: long.length,
    reached: LONG_LEVELS_MS.map((levelMs) => long.filter((session) => sessions.durationMs(session) >= levelMs).length),
    session: Uint32Array.from(listed),
    group: filled(new Uint32Array(length), (session) => sessionIndex.groupOfSession(session)),
    client: filled(new Uint32Array(length), (session, client) => addressOf(session, client)),
    server: filled(new Uint32Array(length), (session, client) => addressOf(session, 1 - client)),
    clientPort: filled(new Uint16Array(length), (session, client) => ends.port(session, client)),
    serverPort: filled(new Uint16Array(length), (session, client) => ends.port(session, 1 - client)),
    protocol: filled(new Uint8Array(length), (session) => ends.protocol(session)),
    name: filled(new Uint32Array(length), (session) => names.numberOf(ends.name(session))),
    startMs: filled(new Float64Array(length), (session) => sessions.startMs(session)),
    durationMs: filled(new Float64Array(length), (session) => sessions.durationMs(session)),
    level: filled(new Uint8Array(length), (session) => levelOf(sessions.durationMs(session))),
    open: filled(new Uint8Array(length), (session) => (sessions.closed(session) === OPEN ? 1 : 0)),
    cutAtStart: filled(new Uint8Array(length), (session) => (ends.isCutAtStart(session) ? 1 : 0)),
    bytesSent: filled(new Float64Array(length), (session, client) => sessions.bytes(session, client)),
    bytesReceived: filled(new Float64Array(length), (session, client) => sessions.bytes(session, 1 - client)),
    idleShare: filled(
      new Float64Array(length),
      (session) => 1 - sessions.busySeconds(session) / sessions.seconds(session),
    ),
    messages: filled(new Uint32Array(length), (session) => sessions.messagesSeen(session)),
    probes: filled(new Uint32Array(length), (_, __, index) => probesOf(index)[0] + probesOf(index)[1]),
    keepAliveS: filled(new Float64Array(length), (_, __, index) => keepAlives[index]?.silenceS ?? Number.NaN),
    flows: filled(new Uint32Array(length), (session) => ends.pieces(session).length),
    addresses: poolOf(addresses.texts),
    names: poolOf(names.texts),
  };
}

/** How many of the levels a duration reaches. */
export function levelOf(durationMs: number): number {
  return LONG_LEVELS_MS.filter((levelMs) => durationMs >= levelMs).length;
}
