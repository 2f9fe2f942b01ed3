import { PROTOCOL_TCP } from 'pcap-ts-parser';
import { columnOf } from '../memory/columns.ts';
import { firstMsOf } from '../flows/columns.ts';
import { type RowTraces, rowTraces } from '../flows/row-traces.ts';
import type { Groups } from '../flows/group.ts';
import { type TextPool, poolOf } from '../memory/text-pool.ts';
import { groupsOf } from './groups.ts';
import { LoggedSessions, type LongSession } from './logged-sessions.ts';
import type { SessionIndex } from './session-index.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';
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
  /** Number of the group that it is in (`ConnectionTable.group`). */
  group: Uint32Array;
  /** Indexes into `addresses`. */
  client: Uint32Array;
  server: Uint32Array;
  clientPort: Uint16Array;
  serverPort: Uint16Array;
  protocol: Uint8Array;
  /** Index into `names`; entry 0 is the empty name. */
  name: Uint32Array;
  /** Where the name is from: index into `NAME_SOURCES`. */
  nameSource: Uint8Array;
  startMs: Float64Array;
  durationMs: Float64Array;
  /** How many of `LONG_LEVELS_MS` it reaches: 0 to 4. */
  level: Uint8Array;
  /** 1 where neither FIN nor reset was seen; 1 for TCP without a SYN. */
  open: Uint8Array;
  cutAtStart: Uint8Array;
  /** Payload bytes of the client and the server, each counted once; as a log counts them where there are no packets. */
  bytesSent: Float64Array;
  bytesReceived: Float64Array;
  /** Share of its seconds without new payload, and messages; NaN where a log alone tells of it. */
  idleShare: Float64Array;
  messages: Float64Array;
  /** Keep-alive probes, and the median silence in seconds before them; NaN without any. */
  probes: Uint32Array;
  keepAliveS: Float64Array;
  /** Flows that it was cut into, and the application (an index into `APPLICATIONS`) that the first of them speaks of which it is known. */
  flows: Uint32Array;
  application: Uint8Array;
  addresses: TextPool;
  names: TextPool;
  /** Fingerprints and headers of each session's own flows. */
  traces: RowTraces;
}

/**
 * Lists the longest sessions of all connections, and connections that only a log tells of; the earlier of equals first.
 *
 * @param most how many are listed; all are counted
 */
export function longSessions(sessionIndex: SessionIndex, groups: Groups, most = MOST_SESSIONS): LongSessions {
  const { sessions, flows } = sessionIndex.ends;
  const logged = new LoggedSessions(flows);
  const { length } = sessions;
  /** Numbers of sessions, and behind them those of flows that came as a log's row. */
  const long = logged.long(LEAST_MS).map((flow) => length + flow);
  for (let session = 0; session < length; session++) {
    if (sessions.durationMs(session) >= LEAST_MS && sessionIndex.groupOfSession(session) !== -1) long.push(session);
  }
  const lastedMs = columnOf(Float64Array, long, (number) =>
    number < length ? sessions.durationMs(number) : logged.durationMs(number - length),
  );
  const beganMs = columnOf(Float64Array, long, (number) =>
    number < length ? sessions.startMs(number) : firstMsOf(flows, number - length),
  );
  const order = columnOf(Uint32Array, long, (_, place) => place).sort(
    (a, b) => lastedMs[b] - lastedMs[a] || beganMs[a] - beganMs[b] || a - b,
  );
  const listed = Array.from(order.subarray(0, most), (place) => long[place]);
  const groupOf = groupsOf(
    columnOf(Uint32Array, listed, (number) => Math.max(0, number - length)),
    groups,
  );
  const rows = listed.map((number, place): LongSession => {
    return number < length ? sessionOf(sessionIndex, number) : logged.of(number - length, groupOf[place]);
  });
  const piecesOf = (row: number): Uint32Array => {
    const number = listed[row];
    return number < length ? sessionIndex.ends.pieces(number) : Uint32Array.of(number - length);
  };
  const addresses = new DistinctTexts();
  const names = new DistinctTexts('');
  return {
    length: rows.length,
    total: long.length,
    reached: LONG_LEVELS_MS.map((levelMs) => lastedMs.reduce((count, ms) => count + Number(ms >= levelMs), 0)),
    group: Uint32Array.from(rows, ({ group }) => group),
    client: Uint32Array.from(rows, ({ client }) => addresses.numberOf(client)),
    server: Uint32Array.from(rows, ({ server }) => addresses.numberOf(server)),
    clientPort: Uint16Array.from(rows, ({ clientPort }) => clientPort),
    serverPort: Uint16Array.from(rows, ({ serverPort }) => serverPort),
    protocol: Uint8Array.from(rows, ({ protocol }) => protocol),
    name: Uint32Array.from(rows, ({ name }) => names.numberOf(name)),
    nameSource: Uint8Array.from(rows, ({ nameSource }) => nameSource),
    startMs: Float64Array.from(rows, ({ startMs }) => startMs),
    durationMs: Float64Array.from(rows, ({ durationMs }) => durationMs),
    level: Uint8Array.from(rows, ({ durationMs }) => levelOf(durationMs)),
    open: Uint8Array.from(rows, ({ isOpen }) => Number(isOpen)),
    cutAtStart: Uint8Array.from(rows, ({ isCutAtStart }) => Number(isCutAtStart)),
    bytesSent: Float64Array.from(rows, ({ bytesSent }) => bytesSent),
    bytesReceived: Float64Array.from(rows, ({ bytesReceived }) => bytesReceived),
    idleShare: Float64Array.from(rows, ({ idleShare }) => idleShare),
    messages: Float64Array.from(rows, ({ messages }) => messages),
    probes: Uint32Array.from(rows, ({ probes }) => probes),
    keepAliveS: Float64Array.from(rows, ({ keepAliveS }) => keepAliveS),
    flows: Uint32Array.from(rows, (row) => row.flows),
    application: columnOf(Uint8Array, listed, (_, row) => {
      const known = piecesOf(row).find((flow) => flows.application[flow] !== 0);
      return known === undefined ? 0 : flows.application[known];
    }),
    addresses: poolOf(addresses.texts),
    names: poolOf(names.texts),
    traces: rowTraces(flows, listed.length, piecesOf),
  };
}

/** Whether it could be seen if a session ended: UDP opens and closes nothing, and flow logs tell of no ends. */
export function showsEnd(long: LongSessions, row: number): boolean {
  return long.protocol[row] === PROTOCOL_TCP && !Number.isNaN(long.messages[row]);
}

/**
 * What was seen of a session's end and of its beginning: "still open", "begun before the capture". Nothing where there was
 * nothing to see.
 */
export function stateWords(long: LongSessions, row: number): string[] {
  if (long.protocol[row] !== PROTOCOL_TCP) return [];
  return [
    ...(showsEnd(long, row) ? [long.open[row] === 1 ? 'still open' : 'closed'] : []),
    ...(long.cutAtStart[row] === 1 ? ['begun before the capture'] : []),
  ];
}

function sessionOf(sessionIndex: SessionIndex, session: number): LongSession {
  const { ends } = sessionIndex;
  const { sessions, flows } = ends;
  const client = ends.client(session);
  const keepAlive = sessions.keepAlive(session);
  const addressOf = (side: number): string => flows.addresses.text(ends.address(session, side));
  return {
    group: sessionIndex.groupOfSession(session),
    client: addressOf(client),
    server: addressOf(1 - client),
    ...ends.name(session),
    clientPort: ends.port(session, client),
    serverPort: ends.port(session, 1 - client),
    protocol: ends.protocol(session),
    startMs: sessions.startMs(session),
    durationMs: sessions.durationMs(session),
    isOpen: sessions.closed(session) === OPEN,
    isCutAtStart: ends.isCutAtStart(session),
    bytesSent: sessions.bytes(session, client),
    bytesReceived: sessions.bytes(session, 1 - client),
    idleShare: 1 - sessions.busySeconds(session) / sessions.seconds(session),
    messages: sessions.messagesSeen(session),
    probes: (keepAlive?.probes ?? [0, 0]).reduce((sum, count) => sum + count, 0),
    keepAliveS: keepAlive?.silenceS ?? Number.NaN,
    flows: ends.pieces(session).length,
  };
}

/** How many of the levels a duration reaches. */
export function levelOf(durationMs: number): number {
  return LONG_LEVELS_MS.filter((levelMs) => durationMs >= levelMs).length;
}
