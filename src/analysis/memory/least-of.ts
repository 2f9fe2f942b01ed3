/**
 * Which of some things are the least: 1 by thing, for `count` of them, by a first key, of as many by a second one, and of
 * those the earlier ones. Sorting the keys alone is many times faster than sorting things by their keys.
 */
export function leastOf(count: number, firsts: ArrayLike<number>, seconds: ArrayLike<number>): Uint8Array {
  const isLeast = new Uint8Array(firsts.length);
  if (count >= firsts.length) return isLeast.fill(1);
  const keys = new Float64Array(firsts);
  const first = keys.sort()[count];
  let left = count;
  let alike = 0;
  for (let thing = 0; thing < firsts.length; thing++) {
    if (firsts[thing] < first) left -= isLeast[thing] = 1;
    else if (firsts[thing] === first) keys[alike++] = seconds[thing];
  }
  const second = keys.subarray(0, alike).sort()[left];
  for (let thing = 0; thing < firsts.length; thing++)
    if (firsts[thing] === first && seconds[thing] < second) left -= isLeast[thing] = 1;
  for (let thing = 0; thing < firsts.length && left > 0; thing++)
    if (firsts[thing] === first && seconds[thing] === second) left -= isLeast[thing] = 1;
  return isLeast;
}
