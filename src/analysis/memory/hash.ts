/**
 * Numbers that no capture can foresee, others in every run: without knowing them nobody can make keys that meet in one
 * slot of a table, where looking one up would take as many steps as there are keys.
 */
const [LOW, HIGH, STEP, OTHER_LOW, OTHER_HIGH, OTHER_STEP, KEY_LOW, KEY_HIGH] = Array.from({ length: 8 }, secret);

/** What whole numbers have above 32 bits. */
const HIGH_BITS = 0x1f_ffff;

function secret(): number {
  return Math.floor(Math.random() * 2 ** 32) | 1;
}

/**
 * One step of a keyed 32-bit hash, for tables that probe linearly. The halves of what comes in are multiplied by
 * secrets of their own: a difference in any bit changes the upper bits of the sum in a way that depends on both, and
 * they are then folded into the lower ones. No result of an analysis may depend on it.
 */
export function mix(hash: number, word: number): number {
  const mixed = hash ^ word;
  const sum = (Math.imul(mixed & 0xffff, LOW) + Math.imul(mixed >>> 16, HIGH) + STEP) | 0;
  return folded(sum);
}

/**
 * The upper bits of a sum folded into the lower ones, and those spread: with some secrets keys that count up would
 * meet.
 */
function folded(sum: number): number {
  const spread = Math.imul(sum ^ (sum >>> 15), 0x2c1b_3c6d);
  return spread ^ (spread >>> 12);
}

/** Another such step: keys that are told apart by their hashes alone need both, 64 bits. */
export function mixOther(hash: number, word: number): number {
  const mixed = hash ^ word;
  const sum = (Math.imul(mixed & 0xffff, OTHER_LOW) + Math.imul(mixed >>> 16, OTHER_HIGH) + OTHER_STEP) | 0;
  return folded(sum);
}

/**
 * A whole number from 0 up to 2^53 as the key of a map that stands for it, and such a key as its number again: the engine
 * hashes numbers the same way in every run, and those that an input chooses could all meet.
 */
export function keyed(value: number): number {
  const high = (Math.floor(value / 2 ** 32) ^ KEY_HIGH) & HIGH_BITS;
  return high * 2 ** 32 + ((value ^ KEY_LOW) >>> 0);
}

/**
 * One step of a 32-bit hash that is the same in every run: for what is sampled or numbered by it, never for a table.
 */
export function steadyMix(hash: number, word: number): number {
  const h = Math.imul(hash ^ Math.imul(word, 0x9e37_79b1), 0x85eb_ca6b);
  return h ^ (h >>> 15);
}

/** One step of the 32-bit FNV-1a hash: cheaper yet and less even, for where two values of one hash do little harm. */
export function fnv1a(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x0100_0193);
}
