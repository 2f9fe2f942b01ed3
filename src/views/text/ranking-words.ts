import type { Report } from '../../analysis/report/report.ts';
import { UNSCORED_REASONS } from '../../analysis/scores/unscored.ts';
import { RANKING_DESCRIPTIONS, type Ranking } from '../../state/rankings.ts';
import { beaconsReaching, falsePositiveSentence, TRIAGE_MEASURED } from './measured.ts';

/** What a score is, in words beside the choice of it. */
export interface RankingWords {
  meaning: string;
  /** How often it is wrong, on the series that `BENCHMARK_NOTE` names. */
  errors: string;
}

export const RANKING_WORDS: Readonly<Record<Ranking, RankingWords>> = {
  triage: {
    meaning:
      'Which to read first: points for a rhythm and for what else the capture says of a connection; ' +
      'hover the total for the sum.',
    errors: TRIAGE_MEASURED,
  },
  rhythm: {
    meaning: 'How much better a steady interval explains the times between flows than chance.',
    errors:
      `${falsePositiveSentence('rhythm')}; of beacons ${beaconsReaching('rhythm', '0.5')}, ` +
      `${beaconsReaching('rhythm', '0.7')} and ${beaconsReaching('rhythm', '0.8')}.`,
  },
  rita: {
    meaning: 'The score of RITA 5.1.1, a quarter each: even times, alike sizes, an even histogram, a long duration.',
    errors: `${falsePositiveSentence('rita')}: anything flat and long-lived scores.`,
  },
  notebook: {
    meaning: 'The mean of even times and alike, small sizes, to the letter of the notebook that this began with.',
    errors:
      'Erratic sizes raise it, past 1 too; bursts look perfect; slow sleepers lose. ' +
      `${falsePositiveSentence('notebook')}.`,
  },
  corrected: {
    meaning: "The notebook's formula with its known faults put right: real times, sizes the right way round.",
    errors: `It still asks for a flow every 90 s and a spread under 30 s. ${falsePositiveSentence('corrected')}.`,
  },
};

/** Why a row has no value of a score, "" where it has one. */
export function unscoredReason({ connections }: Report, ranking: Ranking, row: number): string {
  return UNSCORED_REASONS[RANKING_DESCRIPTIONS[ranking].unscored(connections)[row]];
}
