/** From so many entries on, growing by doubling, which leaves a quarter empty in the mean, costs more than it saves. */
const LARGE = 1 << 20;

/** How many entries columns of `capacity` grow to: copying them stays linear in the entries there are in the end. */
export function grownCapacity(capacity: number): number {
  return capacity < LARGE ? capacity * 2 : Math.ceil(capacity * 1.25);
}
