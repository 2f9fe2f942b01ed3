import type { Report } from '../../analysis/report/report.ts';
import { UNSCORED_REASONS } from '../../analysis/scores/unscored.ts';
import { RANKING_DESCRIPTIONS, type Ranking } from '../../state/rankings.ts';

/** What a score is, in words beside the choice of it. */
export interface RankingWords {
  meaning: string;
  /** How often it is wrong, on the series that `BENCHMARK_NOTE` names. */
  errors: string;
}

export const RANKING_WORDS: Readonly<Record<Ranking, RankingWords>> = {
  triage: {
    meaning:
      'Which to read first: points for a rhythm and for what else the capture says of a connection; hover the total for the sum.',
    errors:
      'On real captures 87 % of 77 labelled connections of malware stand above 95 % of 244 benign ones (RITA 34 %, rhythm alone none).',
  },
  rhythm: {
    meaning: 'How much better a steady interval explains the times between flows than chance.',
    errors:
      'Of 1,000 connections without a rhythm 12 reach 0.5, 1.4 reach 0.7, 0.4 reach 0.8; of beacons 91, 84, 79 %.',
  },
  rita: {
    meaning: 'The score of RITA 5.1.1, a quarter each: even times, alike sizes, an even histogram, a long duration.',
    errors:
      'Of 1,000 connections without a rhythm 416 reach 0.5, 125 reach 0.7 and 19 reach 0.8: anything flat and long-lived scores.',
  },
  notebook: {
    meaning: 'The mean of even times and alike, small sizes, to the letter of the notebook that this began with.',
    errors:
      'Erratic sizes raise it, past 1 too; bursts look perfect; slow sleepers lose. Of 1,000 connections without a rhythm 838 reach 0.5, 702 reach 0.7 and 617 reach 0.8.',
  },
  corrected: {
    meaning: "The notebook's formula with its known faults put right: real times, sizes the right way round.",
    errors:
      'It still asks for a flow every 90 s and a spread under 30 s. Of 1,000 connections without a rhythm 760 reach 0.5, 319 reach 0.7 and 140 reach 0.8.',
  },
};

/** Where the figures come from. */
export const BENCHMARK_NOTE =
  'The figures of rhythm and RITA were measured on made series of five flows or more: 11,302 without a rhythm, and 1,500 of beacons with a jitter of 0 to 90 %, up to 30 % of check-ins missed, work hours, operators at work, and several implants; those of the notebook on the series of npm run bench:detection, which are alike.';

/** Why a row has no value of a score, "" where it has one. */
export function unscoredReason({ connections }: Report, ranking: Ranking, row: number): string {
  return UNSCORED_REASONS[RANKING_DESCRIPTIONS[ranking].unscored(connections)[row]];
}
