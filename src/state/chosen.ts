/** So many rows of a list are chosen together at most: each of them is written anew when something is said of all. */
export const MOST_CHOSEN = 1000;

/** What names a row for as long as it may be chosen: a connection's group, the key of a host or a domain. */
type IdOf<Id> = (row: number) => Id;

/**
 * The ids of the rows from one place to another, both included, in that order; of more than `MOST_CHOSEN` the first.
 *
 * @param rows rows as shown
 */
export function chosenBetween<Id>(rows: ArrayLike<number>, idOf: IdOf<Id>, anchor: number, place: number): Id[] {
  const step = place < anchor ? -1 : 1;
  const count = Math.min(MOST_CHOSEN, Math.abs(place - anchor) + 1);
  return Array.from({ length: count }, (_, at) => idOf(rows[anchor + step * at]));
}

/** The chosen ids with another one, or without it where it was among them; as they are where there is no room. */
export function chosenWith<Id>(chosen: readonly Id[], id: Id): readonly Id[] {
  const others = chosen.filter((other) => other !== id);
  if (others.length < chosen.length) return others;
  return chosen.length < MOST_CHOSEN ? [...chosen, id] : chosen;
}

/** The shown rows that are chosen, from the top. */
export function chosenRows<Id>(rows: Iterable<number>, idOf: IdOf<Id>, chosen: readonly Id[]): number[] {
  if (chosen.length === 0) return [];
  const wanted = new Set(chosen);
  return Array.from(rows).filter((row) => wanted.has(idOf(row)));
}
