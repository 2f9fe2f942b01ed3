import type { Report } from '../analysis/report.ts';
import { UNSCORED_REASONS } from '../analysis/scores/unscored.ts';
import { RANKING_DESCRIPTIONS } from '../state/rankings.ts';
import type { Ranking } from '../state/rankings.ts';

/** Why a row has no value of a score, "" where it has one. */
export function unscoredReason({ connections }: Report, ranking: Ranking, row: number): string {
  return UNSCORED_REASONS[RANKING_DESCRIPTIONS[ranking].unscored(connections)[row]];
}
