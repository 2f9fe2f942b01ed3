import { cutDuration, formatSpan } from '../../analysis/durations.ts';
import { longestIntervalMs } from '../../analysis/scores/rhythm-scales.ts';

const SECOND_MS = 1000;
/** A capture that cannot show an interval this common needs a warning, whatever it shows. */
const EVERYDAY_INTERVAL_MS = 600_000;

export interface ShortCapture {
  /** "The capture spans 42 min 00 s: intervals above 7 min cannot be judged." */
  sentence: string;
  /** "Too short for intervals above 7 min". */
  brief: string;
  /** Whether what is claimed, or what is common, lies above that. */
  warn: boolean;
}

/**
 * Which intervals a capture of this length can say nothing about; `intervalMs` is the one claimed, null for none. A part
 * of the time is looked at as a capture would be that has no more.
 */
export function shortCapture(spanMs: number, intervalMs: number | null, isPart = false): ShortCapture {
  const longestMs = longestIntervalMs(spanMs);
  const what = isPart ? 'time looked at' : 'capture';
  const unseen = longestMs < SECOND_MS ? null : `intervals above ${cutDuration(longestMs)}`;
  return {
    sentence: `The ${what} spans ${formatSpan(spanMs)}: ${unseen === null ? 'no interval can' : `${unseen} cannot`} be judged.`,
    brief: `Too short for ${unseen ?? 'any interval'}`,
    warn: longestMs < EVERYDAY_INTERVAL_MS || (intervalMs ?? 0) > longestMs,
  };
}
