import type { ConnectionTable, OrderName } from './report.ts';
import type { ScoreName } from '../scores/unscored.ts';
import { triageOrder } from '../triage/order.ts';

/**
 * What a score ranks by, NaN where it has no value: for rhythm the strength of the one that counts, of flow starts or inside
 * sessions, which also orders what scores 0; for the others the score.
 */
export function rankingOf(table: ConnectionTable, score: ScoreName): Float64Array {
  switch (score) {
    case 'rhythm':
      return table.joined.strength;
    case 'rita':
      return table.rita.score;
    case 'notebook':
      return table.notebook.Score;
    case 'corrected':
      return table.corrected.Score;
  }
}

/** A score's values, NaN where it has none. */
export function valuesOf(table: ConnectionTable, score: ScoreName): Float64Array {
  return score === 'rhythm' ? table.joined.score : rankingOf(table, score);
}

/** The rows of a table in order: by triage, or by a score alone. */
export function rowsInOrder(table: ConnectionTable, order: OrderName): Uint32Array {
  return order === 'triage'
    ? triageOrder({ ...table.triage, strength: table.joined.strength, flows: table.flows })
    : rowsByScore(table, order);
}

/** The rows of a table by a score, highest first; equal scores stay in the table's order, no score comes last. */
export function rowsByScore(table: ConnectionTable, score: ScoreName): Uint32Array {
  const ranking = rankingOf(table, score);
  const keyOf = (row: number): number => (Number.isNaN(ranking[row]) ? Number.NEGATIVE_INFINITY : ranking[row]);
  return Uint32Array.from({ length: table.length }, (_, row) => row).sort((a, b) => {
    const difference = keyOf(b) - keyOf(a);
    return Number.isNaN(difference) ? a - b : difference || a - b;
  });
}
