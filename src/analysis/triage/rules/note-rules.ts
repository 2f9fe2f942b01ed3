import { hasSign } from '../../protocols/signs.ts';
import { type Facts, isOutward, rhythmScoreOf } from '../facts.ts';
import { protocolClassOf } from '../traffic-category.ts';
import { isTelling, type Rule, showed } from './rule.ts';
import { isNotItsOwn } from './service-rules.ts';
import { WEAK_RHYTHM } from '../../scores/rhythm-levels.ts';

const LATE_SHARE = 0.2;
/** How far from a round interval a scheduler may be, relative. */
const EXACT_TOLERANCE = 0.001;
/** Times between check-ins that differ by more are not exact, however round their median is. */
const EXACT_JITTER = 0.01;
const ROUND_SECONDS = [1, 2, 5, 10, 15, 20, 30];
const MINUTE_S = 60;
const HOUR_S = 3600;

/** What is worth knowing but proved nothing: no points. */
export const NOTE_RULES: readonly Rule[] = [
  {
    id: 'late',
    points: 0,
    applies: ({ late }) => late >= LATE_SHARE,
    phrase: () => 'began during the capture',
  },
  {
    id: 'poll',
    points: 0,
    applies: isPlainPoll,
    phrase: () => 'a rhythm to a named server and nothing else: a program that polls its vendor looks the same',
  },
  {
    id: 'open',
    points: 0,
    applies: (facts) => facts.score >= WEAK_RHYTHM && isOutward(facts) && isTelling(facts) && !showed(facts, 'begin'),
    phrase: () => 'how it began was not seen: a program that keeps its session alive looks the same',
  },
  {
    id: 'exact',
    points: 0,
    applies: ({ score, intervalS, jitter }) =>
      score >= WEAK_RHYTHM && jitter <= EXACT_JITTER && roundInterval(intervalS) > 0,
    phrase: (facts) => `exactly ${roundWords(facts)}: set by a scheduler`,
  },
  {
    id: 'ownfingerprint',
    points: 0,
    applies: ({ ownFingerprint }) => ownFingerprint,
    phrase: () => 'a client fingerprint that this host uses nowhere else',
  },
];

/** What any program does that asks its vendor for news: TLS on its own port, to a name that nothing speaks against. */
function isPlainPoll(facts: Facts): boolean {
  const { isNamed, category, application, signs, nobody, traits } = facts;
  const { vendor, randomLabel, disposable, cheapEnding, reach } = traits;
  if (!(rhythmScoreOf(facts) >= WEAK_RHYTHM) || !isOutward(facts) || !isNamed || category !== 'web' || vendor)
    return false;
  if (!['tls', 'quic'].includes(protocolClassOf(application)) || isNotItsOwn(facts)) return false;
  const isOdd = hasSign(signs, 'selfSigned') || hasSign(signs, 'lasting') || nobody !== '';
  return !isOdd && randomLabel === '' && disposable === '' && cheapEnding === '' && reach === '';
}

/**
 * The round number of seconds that an interval is, else 0. From an hour on only whole hours are round: of so many
 * minutes that the tolerance reaches from one to the next, every interval would be a whole number.
 */
function roundInterval(intervalS: number): number {
  const step = intervalS < (1 - EXACT_TOLERANCE) * HOUR_S ? MINUTE_S : HOUR_S;
  const whole = Math.round(intervalS / step) * step;
  return [...ROUND_SECONDS, whole].find((round) => Math.abs(intervalS - round) <= EXACT_TOLERANCE * round) ?? 0;
}

function roundWords({ intervalS }: Facts): string {
  const round = roundInterval(intervalS);
  if (round < MINUTE_S) return `${round} s`;
  return round < HOUR_S ? `${round / MINUTE_S} min` : `${round / HOUR_S} h`;
}
