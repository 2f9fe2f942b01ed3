import type { InnerFacts } from './inner-sentence.ts';
import { type InnerScore, VERDICTS } from './inner.ts';
import { SERIES } from './series.ts';
import type { Sessions } from './sessions.ts';

/** Numbers that a connection carries of its best session; NaN where it has none, or none could be scored. */
export const INNER_NUMBERS = [
  'score',
  'strength',
  'intervalS',
  'jitter',
  'present',
  'expected',
  'size',
  'sameSize',
  'fromClient',
  'bulkBytes',
  'busyShare',
  'durationS',
  'messages',
  'kept',
] as const;
export type InnerNumber = (typeof INNER_NUMBERS)[number];

/** The rhythm inside one session, one value a connection. */
export interface InnerColumns extends Record<InnerNumber, Float64Array> {
  /** Number of the session plus one; 0 for a connection with no session of enough messages. */
  session: Uint32Array;
  /** Indexes into `VERDICTS` and `SERIES`. */
  verdict: Uint8Array;
  series: Uint8Array;
  /** 1 where the rhythm rests on fewer than 10 messages. */
  few: Uint8Array;
  /** Sessions of the connection that could be scored, and how many of them have the best one's rhythm. */
  sessions: Uint32Array;
  agree: Uint32Array;
}

/** Columns for `length` connections, none with a session. */
export function createInnerColumns(length: number): InnerColumns {
  const numbers = Object.fromEntries(INNER_NUMBERS.map((name) => [name, new Float64Array(length).fill(Number.NaN)]));
  return {
    ...(numbers as Record<InnerNumber, Float64Array>),
    session: new Uint32Array(length),
    verdict: new Uint8Array(length),
    series: new Uint8Array(length),
    few: new Uint8Array(length),
    sessions: new Uint32Array(length),
    agree: new Uint32Array(length),
  };
}

/** How the sessions of a connection stand to its best one. */
export interface Agreement {
  sessions: number;
  agree: number;
}

/** What a session was found to be, as the sentence and the columns tell it. */
export function innerFacts(
  inner: InnerScore,
  { sessions, session }: { sessions: Sessions; session: number },
  agreement: Agreement,
): InnerFacts {
  const { best, verdict, score, bulkBytes } = inner;
  const { intervalS, jitter, present, expected } = best?.rhythm ?? NO_RHYTHM;
  const { size, sameSize, fromClient, isFew } = best ?? NO_BEST;
  return {
    verdict,
    score,
    bulkBytes,
    intervalS,
    jitter,
    present,
    expected,
    size,
    sameSize,
    fromClient,
    isFew,
    durationS: sessions.durationMs(session) / 1000,
    messages: sessions.messagesSeen(session),
    kept: sessions.messagesKept(session),
    ...agreement,
  };
}

/** Writes a connection's best session into row `row`. */
export function writeInner(
  inner: InnerScore,
  of: { sessions: Sessions; session: number },
  agreement: Agreement,
  columns: InnerColumns,
  row: number,
): void {
  const facts = innerFacts(inner, of, agreement);
  const isScored = inner.verdict === 'scored';
  const numbers = {
    ...facts,
    busyShare: inner.busyShare,
    score: isScored ? inner.score : Number.NaN,
    strength: isScored ? inner.strength : Number.NaN,
  };
  for (const name of INNER_NUMBERS) columns[name][row] = numbers[name];
  columns.session[row] = of.session + 1;
  columns.verdict[row] = VERDICTS.indexOf(inner.verdict);
  columns.series[row] = inner.best === null ? 0 : SERIES.indexOf(inner.best.series);
  columns.few[row] = facts.isFew ? 1 : 0;
  columns.sessions[row] = agreement.sessions;
  columns.agree[row] = agreement.agree;
}

/** Writes what a row of other columns says of a session into row `row`. */
export function copyInner(
  from: InnerColumns,
  at: number,
  agreement: Agreement,
  columns: InnerColumns,
  row: number,
): void {
  for (const name of INNER_NUMBERS) columns[name][row] = from[name][at];
  columns.session[row] = from.session[at];
  columns.verdict[row] = from.verdict[at];
  columns.series[row] = from.series[at];
  columns.few[row] = from.few[at];
  columns.sessions[row] = agreement.sessions;
  columns.agree[row] = agreement.agree;
}

/** What a row's columns tell; null for a connection with no session of enough messages. */
export function innerFactsOfRow(columns: InnerColumns, row: number): InnerFacts | null {
  if (columns.session[row] === 0) return null;
  const numbers = Object.fromEntries(INNER_NUMBERS.map((name) => [name, columns[name][row]])) as Record<
    InnerNumber,
    number
  >;
  return {
    ...numbers,
    verdict: VERDICTS[columns.verdict[row]],
    isFew: columns.few[row] === 1,
    sessions: columns.sessions[row],
    agree: columns.agree[row],
  };
}

const NO_RHYTHM = { intervalS: Number.NaN, jitter: Number.NaN, present: Number.NaN, expected: Number.NaN };
const NO_BEST = { size: Number.NaN, sameSize: Number.NaN, fromClient: Number.NaN, isFew: false };
