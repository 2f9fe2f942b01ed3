import { Idle } from '../idle.ts';
import type { CompressedInput } from '../input.ts';
import { Inflater } from './inflater.ts';

/** A hundred kilobytes each. */
export const INFLATERS = new Idle(() => new Inflater(), 16);
const WHOLE = new Inflater();

/**
 * Unpacks the deflate at the input's start, behind which the input then stands. Pieces are good until the next one is asked
 * for, and come to the last byte before a fault. Throws where it is damaged; where it is cut, what `cut` makes.
 */
export async function* unpackDeflate(
  input: CompressedInput,
  inflater: Inflater,
  cut: () => Error,
): AsyncGenerator<Uint8Array> {
  inflater.begin();
  let isAll = false;
  for (;;) {
    let stop = null;
    let fault: unknown = null;
    try {
      stop = inflater.step(input.bytes, input.start, input.end, isAll);
    } catch (error) {
      fault = error;
    }
    input.start = inflater.position;
    const piece = inflater.take();
    if (piece.length > 0) yield piece;
    if (stop === 'end') return;
    if (stop === null) throw fault;
    if (stop === 'full') continue;
    if (isAll) throw cut();
    isAll = !(await input.has(input.end - input.start + 1));
  }
}

/**
 * Unpacks the deflate that begins at a place to the beginning of `out`: comes back with its length there, and with where it
 * ends. Throws where it is damaged, cut, or does not fit.
 */
export function inflateTo(packed: Uint8Array, start: number, out: Uint8Array): { length: number; end: number } {
  WHOLE.begin(out);
  const stop = WHOLE.step(packed, start, packed.length, true);
  if (stop !== 'end') throw new Error(stop === 'full' ? 'more bytes than there is room for' : 'it ends too early');
  return { length: WHOLE.take().length, end: WHOLE.position };
}
