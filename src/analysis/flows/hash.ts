/** One step of a 32-bit multiply-and-rotate hash: cheap, and good enough for tables that probe linearly. */
export function mix(hash: number, word: number): number {
  const h = Math.imul(hash ^ Math.imul(word, 0x9e37_79b1), 0x85eb_ca6b);
  return h ^ (h >>> 15);
}
