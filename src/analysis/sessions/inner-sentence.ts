import { LEAST_STEADY_SCORE } from '../scores/rhythm-sentence.ts';
import type { InnerRhythm, InnerScore } from './inner.ts';

/** From this share of messages of one size on, it is said to be their size. */
const STEADY_SIZES = 0.75;
/** From this share of messages of one side on, they are said to be that side's. */
const ONE_SIDED = 0.9;
const MINUTE_S = 60;
const HOUR_S = 3600;
const LARGEST_COUNT = 120;

/** What else is told about a session. */
export interface InnerFacts {
  durationS: number;
  /** All messages, and how many of them were looked at. */
  messages: number;
  kept: number;
}

/**
 * The rhythm inside a session in words: "inside one connection open for 29 min: a 90-byte message from the client every
 * 60 s ± 0 %, 28 of 30 present".
 */
export function innerSentence(inner: InnerScore, { durationS, messages, kept }: InnerFacts): string {
  const parts = [`inside one connection open for ${spanWords(durationS)}: ${verdictWords(inner, messages)}`];
  if (kept < messages && inner.best !== null) parts.push(`only the first ${kept} of ${messages} messages looked at`);
  return parts.join(', ');
}

function verdictWords(inner: InnerScore, messages: number): string {
  const { verdict, best, bulkBytes, score } = inner;
  if (verdict === 'too few messages' || verdict === 'too short') {
    return `${messages} ${messages === 1 ? 'message' : 'messages'}, too few to score`;
  }
  if (verdict === 'stream') return 'a steady stream, not check-ins';
  if (verdict === 'bulk') return `downloads of about ${Math.round(bulkBytes / 1000)} kB each, not check-ins`;
  if (best === null || score < LEAST_STEADY_SCORE || Number.isNaN(best.rhythm.intervalS)) return 'no steady rhythm';
  return rhythmWords(best);
}

function rhythmWords({ rhythm, size, sameSize, fromClient, isFew }: InnerRhythm): string {
  const isSteady = sameSize >= STEADY_SIZES;
  const bytes = Math.round(size);
  const sender = fromClient >= ONE_SIDED ? 'the client' : fromClient <= 1 - ONE_SIDED ? 'the server' : 'either side';
  const parts = [
    `${isSteady ? `${article(bytes)} ${bytes}-byte` : 'a'} message from ${sender} every ${paceWords(rhythm.intervalS)}`
    + ` ± ${Math.round(rhythm.jitter * 100)} %`,
    `${rhythm.present} of ${rhythm.expected} present`,
  ];
  if (!isSteady) parts.push(`sizes vary around ${bytes} bytes`);
  if (isFew) parts.push('few messages');
  return parts.join(', ');
}

/** "an" before 8, 11, 18, 80, 800, 8,000, 11,000 and 18,000 and what is read like them. */
function article(count: number): string {
  const thousands = count >= 1000 ? Math.floor(count / 1000) : count;
  return thousands === 11 || thousands === 18 || String(count).startsWith('8') ? 'an' : 'a';
}

/** "3.6 s", "20 s", "2.0 min", "2.5 h". */
function paceWords(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (Math.round(seconds) < LARGEST_COUNT) return `${Math.round(seconds)} s`;
  const minutes = (seconds / MINUTE_S).toFixed(1);
  return Number(minutes) < LARGEST_COUNT ? `${minutes} min` : `${(seconds / HOUR_S).toFixed(1)} h`;
}

/** "104 s", "29 min", "5.2 h". */
export function spanWords(seconds: number): string {
  if (Math.round(seconds) < LARGEST_COUNT) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / MINUTE_S);
  return minutes < LARGEST_COUNT ? `${minutes} min` : `${(seconds / HOUR_S).toFixed(1)} h`;
}
