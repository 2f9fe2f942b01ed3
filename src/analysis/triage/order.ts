import { columnOf } from '../memory/columns.ts';
/** What rows are put in order by, one value a row. */
export interface OrderColumns {
  total: ArrayLike<number>;
  /** Rhythm's S; NaN where a connection is not scored. */
  strength: ArrayLike<number>;
  flows: ArrayLike<number>;
  /** 1 where the analyst set the row aside. */
  setAside: ArrayLike<number>;
}

/**
 * Rows in the order of triage: by points, then by rhythm's S (a row without a rhythm stands behind those with one of as many
 * points), then by flows, then in the order of the table, which is by key; last what was set aside.
 */
export function triageOrder(columns: OrderColumns): Uint32Array {
  const { total, strength, flows, setAside } = columns;
  const rows = columnOf(Uint32Array, total, (_, row) => row);
  const strengths = columnOf(Float64Array, strength, (value) =>
    Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value,
  );
  return rows.sort((a, b) => {
    if (setAside[a] !== setAside[b]) return setAside[a] - setAside[b];
    if (total[a] !== total[b]) return total[b] - total[a];
    // A difference of these would be a number with a fraction, and in a box of its own.
    if (strengths[a] !== strengths[b]) return strengths[b] < strengths[a] ? -1 : 1;
    return flows[a] === flows[b] ? a - b : flows[b] - flows[a];
  });
}
