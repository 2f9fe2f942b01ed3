import { createRhythmScratch, type RhythmScratch } from '../scores/rhythm-scratch.ts';
import { describeRhythm, findRhythm, type FoundRhythm, type Rhythm } from '../scores/rhythm.ts';
import { sortAscending } from '../scores/statistics.ts';
import {
  commonestSize,
  createMessages,
  createSeriesEvents,
  isSameSize,
  medianOf,
  pickSeries,
  SERIES,
  type SeriesEvents,
} from './series.ts';
import type { Messages, Sessions } from './sessions.ts';

/** Fewer messages, or messages over a shorter time, say nothing about a rhythm. */
export const LEAST_MESSAGES = 6;
export const LEAST_SPAN_S = 60;
/** Fewer messages than this are told to be few. */
const FEW_MESSAGES = 10;
/** New payload in more than this share of all seconds, or an interval below this, is a stream. */
const STREAM_SHARE = 0.5;
const STREAM_INTERVAL_S = 1;
/** More from the server at a usual visit is a download. */
const BULK_BYTES = 16_384;
/** Strengths that differ by less are equal but for rounding. */
const EQUAL_SHARE = 1e-9;
/** The best of five series is looked for. */
const SERIES_PRICE = Math.log(SERIES.length);

/** What a session was found to be; the index is what columns store. Only the first has a score. */
export const VERDICTS = ['scored', 'too few messages', 'too short', 'stream', 'bulk'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The rhythm of the messages inside one session. */
export interface InnerScore {
  verdict: Verdict;
  /** 0 to below 1: `strength / (strength + 3)`; 0 unless scored. */
  score: number;
  /** S of the best series; minus infinity where none was looked at. */
  strength: number;
  /** The best series and its rhythm, null where none was looked at. */
  best: InnerRhythm | null;
  /** Median bytes the server sent between two openers; NaN where no series was looked at. */
  bulkBytes: number;
  /** Share of the session's seconds in which new payload came. */
  busyShare: number;
}

export interface InnerRhythm {
  series: (typeof SERIES)[number];
  rhythm: Rhythm;
  events: number;
  /** Times of its messages in milliseconds after the session's start, ascending. */
  timesMs: Float64Array;
  /** Whether they are too few to rely on. */
  isFew: boolean;
  /** Median size in bytes, the share of messages that are of it, and the share that is the client's. */
  size: number;
  sameSize: number;
  fromClient: number;
}

/** Working memory for one session after the other. */
export interface InnerScratch {
  messages: Messages;
  events: SeriesEvents;
  sizes: Float64Array;
  /** How many messages each series has. */
  seriesLengths: Uint16Array;
  rhythm: RhythmScratch;
}

export function createInnerScratch(): InnerScratch {
  const events = createSeriesEvents();
  return {
    messages: createMessages(),
    events,
    sizes: new Float64Array(events.sizes.length),
    seriesLengths: new Uint16Array(SERIES.length),
    rhythm: createRhythmScratch(),
  };
}

/**
 * Scores the messages of one session: the five series of `SERIES`, each by its rhythm, the largest strength of all.
 *
 * @param client which side the client is
 * @param price nats that the evidence pays further where this is the best of several sessions
 */
export function scoreInner(
  sessions: Sessions,
  session: number,
  client: number,
  scratch: InnerScratch,
  price = 0,
): InnerScore {
  const busyShare = sessions.busySeconds(session) / sessions.seconds(session);
  const unscored = (verdict: Verdict): InnerScore => ({
    verdict,
    score: 0,
    strength: Number.NEGATIVE_INFINITY,
    best: null,
    bulkBytes: Number.NaN,
    busyShare,
  });
  if (sessions.messagesSeen(session) < LEAST_MESSAGES) return unscored('too few messages');
  if (sessions.durationMs(session) < LEAST_SPAN_S * 1000) return unscored('too short');
  if (busyShare > STREAM_SHARE) return unscored('stream');
  const messages = sessions.messages(session, scratch.messages);
  const found = strongestSeries(messages, client, scratch, SERIES_PRICE + price);
  if (found === null) return unscored('too few messages');
  const best = describeSeries(messages, client, found, sessions.startMs(session), scratch);
  const { rhythm } = best;
  const bulkBytes = usualVisit(messages, 1 - client, scratch.sizes);
  const verdict = rhythm.intervalS < STREAM_INTERVAL_S ? 'stream' : bulkBytes > BULK_BYTES ? 'bulk' : 'scored';
  const score = verdict === 'scored' ? rhythm.score : 0;
  return { verdict, score, strength: rhythm.strength, best, bulkBytes, busyShare };
}

/** A series of a session and the rhythm found in it. */
interface FoundSeries {
  series: number;
  rhythm: FoundRhythm;
}

/**
 * The series with the strongest rhythm, of equals the first; null where all are too few or too close together. An
 * answer that always takes as long has the same rhythm, to the last few bits: a later series has to be stronger than
 * that.
 */
function strongestSeries(messages: Messages, client: number, scratch: InnerScratch, price: number): FoundSeries | null {
  let best: FoundSeries | null = null;
  let least = Number.NEGATIVE_INFINITY;
  const lengths = scratch.seriesLengths;
  for (let series = 0; series < SERIES.length; series++) {
    const times = pickTimes(messages, series, client, scratch);
    lengths[series] = times.length;
    if (times.length < LEAST_MESSAGES) continue;
    if (times[times.length - 1] - times[0] < LEAST_SPAN_S * 1000) continue;
    // Where every message of a side has its commonest size, the series says what the one of all sizes said.
    if (series > 2 && times.length === lengths[series - 2]) continue;
    const rhythm = findRhythm(times, scratch.rhythm, price, least);
    if (rhythm === null) continue;
    best = { series, rhythm };
    least = rhythm.strength + Math.abs(rhythm.strength) * EQUAL_SHARE;
  }
  return best;
}

/**
 * Times of a series in milliseconds after the session's start, ascending, and its sizes, in `scratch.events`; a view.
 */
function pickTimes(messages: Messages, series: number, client: number, scratch: InnerScratch): Float64Array {
  const { events } = scratch;
  const commonest = series > 2 ? sizeOfSide(messages, series === 3 ? client : 1 - client, scratch) : Number.NaN;
  pickSeries(messages, series, client, commonest, events);
  const times = events.timesUs.subarray(0, events.length);
  for (let index = 0; index < times.length; index++) times[index] /= 1000;
  sortAscending(times);
  return times;
}

/** All there is to say about one series. */
function describeSeries(
  messages: Messages,
  client: number,
  { series, rhythm }: FoundSeries,
  startMs: number,
  scratch: InnerScratch,
): InnerRhythm {
  const { events } = scratch;
  // Counted from the session's start: milliseconds since 1970 leave a double too few bits for fractions.
  const times = pickTimes(messages, series, client, scratch);
  const described = describeRhythm(times, rhythm, scratch.rhythm);
  const sizes = events.sizes.subarray(0, events.length);
  const size = medianOf(sizes);
  let same = 0;
  for (const other of sizes) same += isSameSize(other, size) ? 1 : 0;
  return {
    series: SERIES[series],
    rhythm: { ...described, firstMs: startMs + described.firstMs, lastMs: startMs + described.lastMs },
    events: events.length,
    timesMs: times.slice(),
    isFew: events.length < FEW_MESSAGES,
    size,
    sameSize: same / events.length,
    fromClient: events.fromClient / events.length,
  };
}

/** The commonest size among the messages of a side. */
function sizeOfSide(messages: Messages, side: number, { sizes }: InnerScratch): number {
  let count = 0;
  for (let index = 0; index < messages.length; index++) {
    if (messages.sides[index] === side) sizes[count++] = messages.sizes[index];
  }
  const own = sizes.subarray(0, count);
  sortAscending(own);
  return commonestSize(own);
}

/** Median of the bytes a side sent between one opener and the next. */
function usualVisit(messages: Messages, side: number, visits: Float64Array): number {
  let count = 0;
  for (let index = 0; index < messages.length; index++) {
    if (count === 0 || messages.openers[index] === 1) visits[count++] = 0;
    if (messages.sides[index] === side) visits[count - 1] += messages.sizes[index];
  }
  return medianOf(visits.subarray(0, count));
}
