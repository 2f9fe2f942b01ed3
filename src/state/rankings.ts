import { rankingOf, valuesOf } from '../analysis/connections/rank.ts';
import type { ConnectionTable, ScoreName } from '../analysis/report.ts';

/** What the table can be ranked by, in the order it is offered; the first is where a report begins. */
export const RANKINGS = ['rhythm', 'rita', 'notebook', 'corrected'] as const;
export type Ranking = (typeof RANKINGS)[number];

export interface RankingDescription {
  label: string;
  /** The number shown, NaN where it does not apply. */
  scores: (table: ConnectionTable) => Float64Array;
  /** The number that ranks, highest first: it may tell rows apart whose score is shown as the same. */
  keys: (table: ConnectionTable) => Float64Array;
  /** Why there is no number: indexes into `UNSCORED_REASONS`. */
  unscored: (table: ConnectionTable) => Uint8Array;
}

export const RANKING_DESCRIPTIONS: Readonly<Record<Ranking, RankingDescription>> = {
  rhythm: byScore('Rhythm', 'rhythm'),
  rita: byScore('RITA', 'rita'),
  notebook: byScore('Notebook', 'notebook'),
  corrected: byScore('Notebook corrected', 'corrected'),
};

function byScore(label: string, score: ScoreName): RankingDescription {
  return { label, scores: (table) => valuesOf(table, score), keys: (table) => rankingOf(table, score), unscored: (table) => table.unscored[score] };
}
