import { boundWords, formatDuration, intervalWords } from '../../analysis/durations.ts';
import { WEAK_RHYTHM } from '../../analysis/scores/rhythm-levels.ts';
import type { Rhythm } from '../../analysis/scores/rhythm.ts';
import { exactDuration, formatCount, formatScore, formatValue } from '../text/format.ts';
import type { Fact } from './facts.tsx';

/** What else is known of the flows a rhythm was looked for in. */
export interface FlowCounts {
  flows: number;
  failed: number;
  resumed: number;
  continued: number;
}

/**
 * A rhythm in numbers, from the interval to what does not fit it. Below a steady score only the score and its strength.
 */
export function rhythmFacts(rhythm: Rhythm): Fact[] {
  const strength: Fact = {
    term: 'score',
    value: formatScore(rhythm.score),
    exact: formatValue(rhythm.score),
    meaning: `S / (S + 3), where S, the strength that ranks, is ${formatValue(rhythm.strength)}`,
  };
  if (rhythm.score < WEAK_RHYTHM || Number.isNaN(rhythm.intervalS)) return [strength];
  const from = rhythm.intervalS - rhythm.intervalErrorS;
  const to = rhythm.intervalS + rhythm.intervalErrorS;
  return [
    {
      term: 'interval',
      value: formatInterval(rhythm.intervalS),
      exact: exactDuration(rhythm.intervalS * 1000),
      meaning:
        `Median time between check-ins; its 95 % interval reaches from ${boundWords(from)} to ${boundWords(to)}. ` +
        `The mean is ${boundWords(rhythm.meanS)}`,
    },
    {
      term: 'jitter',
      value: `± ${formatCount(rhythm.jitter * 100)} %`,
      exact: formatValue(rhythm.jitter),
      meaning:
        `95 of 100 gaps lie between ${boundWords(rhythm.lowS)} and ${boundWords(rhythm.highS)}: (high − low) / ` +
        '(high + low)',
    },
    {
      term: 'present',
      value: `${formatCount(rhythm.present)} of ${formatCount(rhythm.expected)}`,
      meaning:
        'Check-ins seen, of those a clock without a miss would have made between silences; the first after each silence ' +
        'is not counted',
    },
    {
      term: 'silences',
      value: formatCount(rhythm.silences),
      meaning: 'Gaps longer than the interval that are not two or three of it',
    },
    {
      term: 'extra',
      value: formatCount(rhythm.extra),
      meaning: 'What is no check-in: in bursts, or too soon after the one before',
    },
    strength,
  ];
}

/** What the meter and the network did to the flows; only what happened. */
export function flowFacts({ flows, failed, resumed, continued }: FlowCounts): Fact[] {
  const facts: Fact[] = [];
  if (failed > 0) {
    facts.push({
      term: 'failed',
      value: shareOf(failed, flows),
      exact: `${formatCount(failed)} of ${formatCount(flows)} flows`,
      meaning:
        `${formatCount(failed)} of ${formatCount(flows)} flows: a call without an answer, or refused at once. ` +
        'They count as check-ins',
    });
  }
  if (resumed > 0) {
    facts.push({
      term: 'resumed',
      value: formatCount(resumed),
      meaning:
        'TCP flows that went on without a handshake after the idle timeout had cut them. They count as check-ins',
    });
  }
  if (continued > 0) {
    facts.push({
      term: 'continued',
      value: formatCount(continued),
      meaning:
        'Pieces of long flows that the active timeout cut. They are not check-ins; only the notebook counts them',
    });
  }
  return facts;
}

function formatInterval(seconds: number): string {
  return seconds < 1 ? formatDuration(seconds * 1000) : intervalWords(seconds);
}

function shareOf(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  if (percent < 1) return 'under 1 %';
  return part < whole && percent > 99 ? 'over 99 %' : `${Math.round(percent)} %`;
}
