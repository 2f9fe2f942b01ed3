import { paceWords, spanWords } from '../durations.ts';
import { WEAK_RHYTHM } from '../scores/rhythm-levels.ts';
import type { Verdict } from './inner.ts';

/** From this share of messages of one size on, it is said to be their size. */
const STEADY_SIZES = 0.75;
/** From this share of messages of one side on, they are said to be that side's. */
const ONE_SIDED = 0.9;

/** What the sentence is made of: the columns of a row, or what a session was found to be. */
export interface InnerFacts {
  verdict: Verdict;
  score: number;
  durationS: number;
  /** All messages, and how many of them were kept to be looked at. */
  messages: number;
  kept: number;
  bulkBytes: number;
  intervalS: number;
  jitter: number;
  present: number;
  expected: number;
  size: number;
  sameSize: number;
  fromClient: number;
  isFew: boolean;
  /** Sessions of the connection that could be scored, and how many of them have this rhythm. */
  sessions: number;
  agree: number;
}

/**
 * The rhythm inside a session in words: "inside one connection open for 29 min: a 90-byte message from the client every
 * 60 s ± 0 %, 28 of 30 present".
 */
export function innerSentence(facts: InnerFacts): string {
  const { durationS, messages, kept, sessions, agree, verdict } = facts;
  const parts = [`inside one connection open for ${spanWords(durationS)}: ${verdictWords(facts)}`];
  if (kept < messages && verdict !== 'too few messages')
    parts.push(`only the first ${kept} of ${messages} messages looked at`);
  if (sessions > 1 && agree > 0) parts.push(`${agree} of ${sessions} connections have it`);
  return parts.join(', ');
}

function verdictWords(facts: InnerFacts): string {
  const { verdict, messages, bulkBytes, score, intervalS } = facts;
  if (verdict === 'too few messages' || verdict === 'too short') {
    return `${messages} ${messages === 1 ? 'message' : 'messages'}, too few to score`;
  }
  if (verdict === 'stream') return 'a steady stream, not check-ins';
  if (verdict === 'bulk') return `downloads of about ${Math.round(bulkBytes / 1000)} kB each, not check-ins`;
  if (score < WEAK_RHYTHM || Number.isNaN(intervalS)) return 'no steady rhythm';
  return rhythmWords(facts);
}

function rhythmWords({ intervalS, jitter, present, expected, size, sameSize, fromClient, isFew }: InnerFacts): string {
  const isSteady = sameSize >= STEADY_SIZES;
  const bytes = Math.round(size);
  const sender = fromClient >= ONE_SIDED ? 'the client' : fromClient <= 1 - ONE_SIDED ? 'the server' : 'either side';
  const message = `${isSteady ? `${article(bytes)} ${bytes}-byte` : 'a'} message from ${sender}`;
  const parts = [
    `${message} every ${paceWords(intervalS)} ± ${Math.round(jitter * 100)} %`,
    `${present} of ${expected} present`,
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
