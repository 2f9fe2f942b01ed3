import { columnOf } from '../memory/columns.ts';
import { canBeTwin, sameInterval, type TwinColumns } from './twins.ts';

/** By row: how many other nameless outside addresses the same host calls at the same interval. */
export function countSiblings(columns: TwinColumns): Uint32Array {
  const { source, destination, intervalS } = columns;
  const siblings = new Uint32Array(source.length);
  const rows = columnOf(Uint32Array, source, (_, row) => row)
    .filter((row) => canBeTwin(columns, row))
    .sort((a, b) => source[a] - source[b] || intervalS[a] - intervalS[b]);
  // A window over rows sorted by host and interval: both its ends only ever move on.
  const timesSeen = new Map<number, number>();
  let from = 0;
  let to = 0;
  for (const row of rows) {
    const isNear = (other: number): boolean =>
      source[other] === source[row] && sameInterval(intervalS[other], intervalS[row]);
    for (; to < rows.length && isNear(rows[to]); to++) {
      timesSeen.set(destination[rows[to]], (timesSeen.get(destination[rows[to]]) ?? 0) + 1);
    }
    for (; !isNear(rows[from]); from++) {
      const left = (timesSeen.get(destination[rows[from]]) ?? 0) - 1;
      if (left > 0) timesSeen.set(destination[rows[from]], left);
      else timesSeen.delete(destination[rows[from]]);
    }
    siblings[row] = timesSeen.size - 1;
  }
  return siblings;
}
