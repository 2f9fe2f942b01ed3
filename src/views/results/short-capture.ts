import { cutDuration, formatSpan, intervalWords } from '../../analysis/durations.ts';
import { longestIntervalMs } from '../../analysis/scores/rhythm-scales.ts';

const SECOND_MS = 1000;
/** A capture that cannot show an interval this common needs a warning, whatever it shows. */
const EVERYDAY_INTERVAL_MS = 600_000;

export interface ShortCapture {
  /** "The flows span 42 min 00 s: intervals above 7 min cannot be judged." */
  sentence: string;
  /** "Too short for intervals above 7 min". */
  brief: string;
  /** Whether what is claimed, or what is common, lies above that. */
  warn: boolean;
}

/**
 * Which intervals flows can say nothing about that span so long; `intervalMs` is the longest one claimed, null for
 * none: what is said to be there is not called beyond judgement. A part of the time is looked at as a capture would be
 * that has no more.
 */
export function shortCapture(spanMs: number, intervalMs: number | null, isPart = false): ShortCapture {
  const longestMs = longestIntervalMs(spanMs);
  const what = isPart ? 'The time looked at spans' : 'The flows span';
  const claimedMs = intervalMs !== null && intervalMs > longestMs ? intervalMs : null;
  const limit = claimedMs === null ? cutDuration(longestMs) : intervalWords(claimedMs / SECOND_MS);
  const unseen = Math.max(longestMs, claimedMs ?? 0) < SECOND_MS ? null : `intervals above ${limit}`;
  return {
    sentence: `${what} ${formatSpan(spanMs)}: ${unseen === null ? 'no interval can' : `${unseen} cannot`} be judged.`,
    brief: `Too short for ${unseen ?? 'any interval'}`,
    warn: longestMs < EVERYDAY_INTERVAL_MS || claimedMs !== null,
  };
}
