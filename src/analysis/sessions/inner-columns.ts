import { type ColumnMemory, type ColumnsOf, columnNames, createColumns } from '../memory/schema.ts';
import type { InnerFacts } from './inner-sentence.ts';
import { type InnerScore, VERDICTS } from './inner.ts';
import { SERIES } from './series.ts';
import type { Sessions } from './sessions.ts';

const number = { type: 'f64' } as const;

/**
 * What a connection carries of its best session; numbers are NaN where none could be scored, and nothing is written where
 * it has none: of a list of a million such connections no memory is touched.
 */
const INNER_SCHEMA = {
  numbers: {
    score: number,
    strength: number,
    intervalS: number,
    jitter: number,
    present: number,
    expected: number,
    size: number,
    sameSize: number,
    fromClient: number,
    bulkBytes: number,
    busyShare: number,
    durationS: number,
    messages: number,
    kept: number,
  },
  others: {
    /** Number of the session plus one; 0 for a connection with no session of enough messages. */
    session: { type: 'u32' },
    /** Indexes into `VERDICTS` and `SERIES`. */
    verdict: { type: 'u8' },
    series: { type: 'u8' },
    /** 1 where the rhythm rests on fewer than 10 messages. */
    few: { type: 'u8' },
    /** Sessions of the connection that could be scored, and how many of them have the best one's rhythm. */
    sessions: { type: 'u32' },
    agree: { type: 'u32' },
  },
} as const;
type InnerNumber = keyof typeof INNER_SCHEMA.numbers;
const INNER_NUMBERS = columnNames<InnerNumber>(INNER_SCHEMA.numbers);

/** The rhythm inside one session, one value a connection. */
export type InnerColumns = ColumnsOf<typeof INNER_SCHEMA.numbers> & ColumnsOf<typeof INNER_SCHEMA.others>;

/** Columns for `length` connections, none with a session; `Memory` is what they lie in. */
export function createInnerColumns(length: number, Memory: ColumnMemory = ArrayBuffer): InnerColumns {
  return {
    ...createColumns(INNER_SCHEMA.numbers, length, Memory),
    ...createColumns(INNER_SCHEMA.others, length, Memory),
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
    sessions: agreement.sessions,
    agree: agreement.agree,
  };
}

/** Writes what a connection's best session is, but for its number, into row `row`. */
export function writeInner(
  inner: InnerScore,
  of: { sessions: Sessions; session: number },
  agreement: Agreement,
  columns: InnerColumns,
  row: number,
): void {
  const facts = innerFacts(inner, of, agreement);
  const isScored = inner.verdict === 'scored';
  columns.score[row] = isScored ? inner.score : Number.NaN;
  columns.strength[row] = isScored ? inner.strength : Number.NaN;
  columns.intervalS[row] = facts.intervalS;
  columns.jitter[row] = facts.jitter;
  columns.present[row] = facts.present;
  columns.expected[row] = facts.expected;
  columns.size[row] = facts.size;
  columns.sameSize[row] = facts.sameSize;
  columns.fromClient[row] = facts.fromClient;
  columns.bulkBytes[row] = facts.bulkBytes;
  columns.busyShare[row] = inner.busyShare;
  columns.durationS[row] = facts.durationS;
  columns.messages[row] = facts.messages;
  columns.kept[row] = facts.kept;
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
  return {
    verdict: VERDICTS[columns.verdict[row]],
    score: columns.score[row],
    bulkBytes: columns.bulkBytes[row],
    intervalS: columns.intervalS[row],
    jitter: columns.jitter[row],
    present: columns.present[row],
    expected: columns.expected[row],
    size: columns.size[row],
    sameSize: columns.sameSize[row],
    fromClient: columns.fromClient[row],
    isFew: columns.few[row] === 1,
    durationS: columns.durationS[row],
    messages: columns.messages[row],
    kept: columns.kept[row],
    sessions: columns.sessions[row],
    agree: columns.agree[row],
  };
}

const NO_RHYTHM = { intervalS: Number.NaN, jitter: Number.NaN, present: Number.NaN, expected: Number.NaN };
const NO_BEST = { size: Number.NaN, sameSize: Number.NaN, fromClient: Number.NaN, isFew: false };
