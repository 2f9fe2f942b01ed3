/** So many connections are chosen together at most: each of them is written anew when something is said of all. */
export const MOST_CHOSEN = 1000;

/**
 * The groups of the rows from one place to another, both included, in that order; of more than `MOST_CHOSEN` the first.
 *
 * @param rows rows as shown, which have these groups
 */
export function chosenBetween(rows: Uint32Array, groups: Uint32Array, anchor: number, place: number): number[] {
  const step = place < anchor ? -1 : 1;
  const count = Math.min(MOST_CHOSEN, Math.abs(place - anchor) + 1);
  return Array.from({ length: count }, (_, at) => groups[rows[anchor + step * at]]);
}

/** The chosen groups with another one, or without it where it was among them; as they are where there is no room. */
export function chosenWith(chosen: readonly number[], group: number): readonly number[] {
  const others = chosen.filter((other) => other !== group);
  if (others.length < chosen.length) return others;
  return chosen.length < MOST_CHOSEN ? [...chosen, group] : chosen;
}

/** The shown rows that are chosen, from the top. */
export function chosenRows(rows: Uint32Array, groups: Uint32Array, chosen: readonly number[]): number[] {
  if (chosen.length === 0) return [];
  const wanted = new Set(chosen);
  return Array.from(rows).filter((row) => wanted.has(groups[row]));
}
