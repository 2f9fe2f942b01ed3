import { columnOf } from '../memory/columns.ts';
import { canBeTwin, sameInterval, type TwinColumns } from './twins.ts';

/**
 * By row: the row it is shown under, which is its own unless it is folded. Rows are looked at in the order they are
 * shown in: the first of some twins is their head, and only rows on the same side of the set-aside line are twins. Those
 * that have one name's rhythm together are twins, and those at one interval towards addresses without a name.
 */
export function foldTwins(order: Uint32Array, setAside: ArrayLike<number>, columns: TwinColumns): Uint32Array {
  const heads = columnOf(Uint32Array, order, (_, row) => row);
  // No two heads of one host have the same interval, so that a host has few of them however many rows it has.
  const headsOf = new Map<string, number[]>();
  for (const row of order) {
    const byName = columns.byName[row];
    if (byName === 0 && !canBeTwin(columns, row)) continue;
    const key = `${columns.source[row]} ${setAside[row]} ${byName}`;
    const known = headsOf.get(key) ?? [];
    const head = known.find((other) => byName > 0 || sameInterval(columns.intervalS[other], columns.intervalS[row]));
    if (head !== undefined) {
      heads[row] = head;
      continue;
    }
    known.push(row);
    headsOf.set(key, known);
  }
  return heads;
}
