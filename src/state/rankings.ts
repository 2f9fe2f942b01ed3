import { rankingOf, rowsInOrder, valuesOf } from '../analysis/report/rank.ts';
import { ORDERS } from '../analysis/report/report.ts';
import type { ConnectionTable, OrderName } from '../analysis/report/report.ts';
import type { ScoreName } from '../analysis/scores/unscored.ts';

/** What the table can be ranked by, in the order it is offered; the first is where a report begins. */
export const RANKINGS = ORDERS;
export type Ranking = OrderName;

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
  triage: {
    label: 'Triage',
    scores: ({ triage }) => Float64Array.from(triage.total),
    keys: triageKeys,
    unscored: ({ length }) => new Uint8Array(length),
  },
  rhythm: byScore('Rhythm', 'rhythm'),
  rita: byScore('RITA', 'rita'),
  notebook: byScore('Notebook', 'notebook'),
  corrected: byScore('Notebook corrected', 'corrected'),
};

function byScore(label: string, score: ScoreName): RankingDescription {
  return {
    label,
    scores: (table) => valuesOf(table, score),
    keys: (table) => rankingOf(table, score),
    unscored: (table) => table.unscored[score],
  };
}

/** Triage orders by more than the total; its key is how many rows come after. */
function triageKeys(table: ConnectionTable): Float64Array {
  const keys = new Float64Array(table.length);
  for (const [place, row] of rowsInOrder(table, 'triage').entries()) keys[row] = table.length - place;
  return keys;
}
