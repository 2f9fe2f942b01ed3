// Where everything lies in the kernel's memory, in bytes from its beginning: what `../rhythm-scratch.ts` has as arrays. The
// folder is AssemblyScript, which `npm run kernel` compiles; `../rhythm.ts` and what it calls say what is done and why.

const MOST_EVENTS = 2000;
const DOUBLES = MOST_EVENTS * 8;
export const STARTS: usize = 1024;
export const EVENT_GAPS: usize = STARTS + DOUBLES;
export const GAP_AFTER: usize = EVENT_GAPS + DOUBLES;
export const GAPS: usize = GAP_AFTER + 8;
export const SPARE: usize = GAP_AFTER + 8 * 2050;
export const EXCESS: usize = SPARE + DOUBLES;
export const LOG_EXCESS: usize = EXCESS + DOUBLES;
export const MIXTURE: usize = LOG_EXCESS + DOUBLES;
export const DENSITY_SUMS: usize = MIXTURE + DOUBLES;
export const SCALES: usize = DENSITY_SUMS + DOUBLES + 8;
export const VISITS: usize = SCALES + 64 * 8;
export const CENTRES: usize = VISITS + 64 * 4;
export const WIDTHS: usize = CENTRES + 88 * 8;
export const COUNT_LOGS: usize = WIDTHS + 88 * 8;
export const MANTISSA_LOGS: usize = COUNT_LOGS + DOUBLES;
export const FRACTIONS: usize = MANTISSA_LOGS + 64 * 8;
export const POWERS: usize = FRACTIONS + 256 * 8;
export const LOG_ROOT_TAU: usize = POWERS + 2044 * 8;
export const FOUND: usize = LOG_ROOT_TAU + 8;

/** The double at a place of an array. */
export function at(array: usize, index: i32): f64 {
  return load<f64>(array + ((<usize>index) << 3));
}

export function put(array: usize, index: i32, value: f64): void {
  store<f64>(array + ((<usize>index) << 3), value);
}

/** Two doubles from a place on. */
export function pairAt(array: usize, index: i32): v128 {
  return v128.load(array + ((<usize>index) << 3));
}

export function largestStep(count: i32): i32 {
  return 1 << (31 - clz(count));
}
