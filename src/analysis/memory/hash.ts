/** One step of a 32-bit multiply-and-rotate hash: cheap, and good enough for tables that probe linearly. */
export function mix(hash: number, word: number): number {
  const h = Math.imul(hash ^ Math.imul(word, 0x9e37_79b1), 0x85eb_ca6b);
  return h ^ (h >>> 15);
}

/** One step of the 32-bit FNV-1a hash: cheaper yet and less even, for where two values of one hash do little harm. */
export function fnv1a(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x0100_0193);
}
