import { ROW_BINS } from '../analysis/connections/schema.ts';
import { SORT_BITS } from '../analysis/connections/sorts.ts';
import type { Sort as HiddenSort } from '../analysis/connections/sorts.ts';
import type { ConnectionTable } from '../analysis/report/report.ts';
import { WEAK_RHYTHM } from '../analysis/scores/rhythm-levels.ts';
import { RANKING_DESCRIPTIONS } from './rankings.ts';
import type { Ranking } from './rankings.ts';
import type { RowTexts } from './row-texts.ts';
import type { Column, Sort } from './view.ts';

/**
 * Rows of the table in the asked order. Rows without a value come last in both directions, and after them what was set
 * aside; ties keep the report's order.
 */
export function sortedRows(table: ConnectionTable, texts: RowTexts, ranking: Ranking, sort: Sort): Uint32Array {
  const keys = sortKeys(table, texts, ranking, sort.column);
  const sign = sort.descending ? -1 : 1;
  const { setAside } = table.triage;
  return Uint32Array.from({ length: table.length }, (_, row) => row).sort((a, b) => {
    if (setAside[a] !== setAside[b]) return setAside[a] - setAside[b];
    const keyA = keys[a];
    const keyB = keys[b];
    if (keyA === keyB) return a - b;
    if (Number.isNaN(keyA)) return Number.isNaN(keyB) ? a - b : 1;
    if (Number.isNaN(keyB)) return -1;
    return keyA < keyB ? -sign : sign;
  });
}

/** Rows that are of none of the hidden sorts (`SORT_BITS`), in the order given. */
export function unhiddenRows(
  rows: Uint32Array,
  { sorts }: Pick<ConnectionTable, 'sorts'>,
  hidden: number,
): Uint32Array {
  return hidden === 0 ? rows : rows.filter((row) => (sorts[row] & hidden) === 0);
}

/** How many connections of the table are of a sort: what hiding that sort alone hides. */
export function countOfSort(table: ConnectionTable, sort: HiddenSort): number {
  const bit = SORT_BITS[sort];
  let count = 0;
  for (let row = 0; row < table.length; row++) if ((table.sorts[row] & bit) !== 0) count++;
  return count;
}

function sortKeys(table: ConnectionTable, texts: RowTexts, ranking: Ranking, column: Column): ArrayLike<number> {
  switch (column) {
    case 'score':
      return RANKING_DESCRIPTIONS[ranking].keys(table);
    case 'rhythm':
      return steadyIntervals(table);
    case 'deltas':
      return peakShares(table);
    case 'source':
      return texts.sourceRanks;
    case 'destination':
      return texts.destinationRanks;
    case 'port':
      return Float64Array.from(table.destinationPort, (port, row) => port * 256 + table.protocol[row]);
    case 'flows':
      return table.flows;
    case 'bytes':
      return table.bytesSent;
    case 'seen':
      return table.firstSeenMs;
  }
}

/** Intervals of the rows that show one. */
function steadyIntervals({ rhythm }: ConnectionTable): Float64Array {
  return rhythm.intervalS.map((interval, row) => (rhythm.score[row] >= WEAK_RHYTHM ? interval : NaN));
}

/** The share of a row's deltas that fall into its fullest bin: how peaked its histogram is; NaN without deltas. */
function peakShares(table: ConnectionTable): Float64Array {
  return Float64Array.from({ length: table.length }, (_, row) => {
    const bins = table.deltaHistogram.subarray(row * ROW_BINS, (row + 1) * ROW_BINS);
    let fullest = 0;
    let sum = 0;
    for (const count of bins) {
      fullest = Math.max(fullest, count);
      sum += count;
    }
    return sum === 0 ? NaN : fullest / sum;
  });
}
