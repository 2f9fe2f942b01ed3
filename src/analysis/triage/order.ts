/** What rows are put in order by, one value a row. */
export interface OrderColumns {
  total: ArrayLike<number>;
  /** Rhythm's S; NaN where a connection is not scored. */
  strength: ArrayLike<number>;
  /** 1 where the analyst set the row aside. */
  setAside: ArrayLike<number>;
  /** Not 0 where the watch list meets it: looked for, it does not wait behind what has a score. */
  watched: ArrayLike<number>;
}

/**
 * Rows in the order of triage: by points, then by rhythm's S, then in the order of the table, which is by key; after
 * them what is not scored; last what was set aside.
 */
export function triageOrder(columns: OrderColumns): Uint32Array {
  const { total, strength } = columns;
  const rows = Uint32Array.from(total, (_, row) => row);
  const ranks = Uint8Array.from(rows, (row) => rankOf(columns, row));
  const strengths = Float64Array.from(strength, (value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
  return rows.sort((a, b) => {
    if (ranks[a] !== ranks[b]) return ranks[a] - ranks[b];
    if (total[a] !== total[b]) return total[b] - total[a];
    return strengths[a] === strengths[b] ? a - b : strengths[b] - strengths[a];
  });
}

function rankOf({ strength, setAside, watched }: OrderColumns, row: number): number {
  if (setAside[row] === 1) return 2;
  return Number.isNaN(strength[row]) && watched[row] === 0 ? 1 : 0;
}
