import { at, put, SPARE } from './memory';

/** Runs this long are sorted by insertion, then merged. */
const SHORT_RUN: i32 = 12;

function insertionSort(array: usize, from: i32, to: i32): void {
  for (let index = from + 1; index < to; index++) {
    const value = at(array, index);
    let place = index;
    while (place > from && at(array, place - 1) > value) {
      put(array, place, at(array, place - 1));
      place--;
    }
    put(array, place, value);
  }
}

export function sortAscending(array: usize, count: i32): void {
  let index = 1;
  while (index < count && at(array, index) >= at(array, index - 1)) index++;
  if (index >= count) return;
  for (let from = 0; from < count; from += SHORT_RUN) insertionSort(array, from, min(from + SHORT_RUN, count));
  for (let run = SHORT_RUN; run < count; run *= 2) {
    for (let from = 0; from + run < count; from += 2 * run) {
      const middle = from + run;
      const to = min(middle + run, count);
      if (at(array, middle - 1) <= at(array, middle)) continue;
      memory.copy(SPARE, array + ((<usize>from) << 3), (<usize>run) << 3);
      let left = 0;
      let right = middle;
      let place = from;
      while (left < run) {
        const taken = at(SPARE, left);
        if (right < to && at(array, right) < taken) put(array, place++, at(array, right++));
        else {
          put(array, place++, taken);
          left++;
        }
      }
    }
  }
}

export function percentile(array: usize, count: i32, q: f64): f64 {
  const position = <f64>(count - 1) * q;
  const floor = Math.floor(position);
  const below = <i32>floor;
  const lower = at(array, below);
  const upper = at(array, min(below + 1, count - 1));
  const fraction = position - floor;
  return fraction < 0.5 ? lower + (upper - lower) * fraction : upper - (upper - lower) * (1 - fraction);
}

export function median(array: usize, count: i32): f64 {
  const middle = count >> 1;
  return count % 2 == 1 ? at(array, middle) : (at(array, middle - 1) + at(array, middle)) / 2;
}
