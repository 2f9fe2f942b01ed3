import { ROW_BINS } from '../analysis/report.ts';
import type { ConnectionTable } from '../analysis/report.ts';
import type { RowTexts } from './row-texts.ts';
import type { Column, Sort } from './view.ts';

/** Rows of the table in the asked order. Rows without a value come last in both directions; ties keep the report's order. */
export function sortedRows(table: ConnectionTable, texts: RowTexts, sort: Sort): Uint32Array {
  const keys = sortKeys(table, texts, sort.column);
  const sign = sort.descending ? -1 : 1;
  return Uint32Array.from({ length: table.length }, (_, row) => row).sort((a, b) => {
    const keyA = keys[a];
    const keyB = keys[b];
    if (keyA === keyB) return a - b;
    if (Number.isNaN(keyA)) return Number.isNaN(keyB) ? a - b : 1;
    if (Number.isNaN(keyB)) return -1;
    return keyA < keyB ? -sign : sign;
  });
}

/** Rows whose texts hold every word of the filter, in the order given. */
export function filteredRows(rows: Uint32Array, texts: RowTexts, filter: string): Uint32Array {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return rows;
  const haystacks = texts.haystacks;
  return rows.filter((row) => words.every((word) => haystacks[row].includes(word)));
}

function sortKeys(table: ConnectionTable, texts: RowTexts, column: Column): ArrayLike<number> {
  switch (column) {
    case 'score': return table.notebook.Score;
    case 'deltas': return peakShares(table);
    case 'source': return texts.sourceRanks;
    case 'destination': return texts.destinationRanks;
    case 'port': return Float64Array.from(table.destinationPort, (port, row) => port * 256 + table.protocol[row]);
    case 'flows': return table.flows;
    case 'median': return table.medianDeltaMs;
    case 'bytes': return table.bytesSent;
    case 'first': return table.firstSeenMs;
    case 'last': return table.lastSeenMs;
  }
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
