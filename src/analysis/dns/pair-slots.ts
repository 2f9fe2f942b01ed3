import { mix } from '../memory/hash.ts';

/**
 * Where a pair of numbers is among slots of `stride` numbers each, which begin with a pair, or the free slot that it
 * would take. A first number of 0 means that a slot is free; the slots are a power of two, and one is free.
 */
export function placeOf(slots: Int32Array, stride: number, first: number, second: number): number {
  const mask = slots.length / stride - 1;
  let slot = mix(mix(0, first), second) & mask;
  while (slots[slot * stride] !== 0 && (slots[slot * stride] !== first || slots[slot * stride + 1] !== second))
    slot = (slot + 1) & mask;
  return slot * stride;
}

/** Twice as many slots, with all that those given hold. */
export function doubled(slots: Int32Array, stride: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(slots.length * 2);
  for (let at = 0; at < slots.length; at += stride) {
    if (slots[at] !== 0) larger.set(slots.subarray(at, at + stride), placeOf(larger, stride, slots[at], slots[at + 1]));
  }
  return larger;
}
