const LONGEST_NUMBER = 10;
const MOST_MINIBLOCKS = 512;
const WIDEST = 64;

/** A number of seven bits a byte, and where it ends. */
function numberAt(bytes: Uint8Array, at: number, end: number): { value: number; next: number } {
  let value = 0;
  for (let index = 0; index < LONGEST_NUMBER && at + index < end; index++) {
    value += (bytes[at + index] & 127) * 2 ** (7 * index);
    if (bytes[at + index] < 128) return { value, next: at + index + 1 };
  }
  throw new RangeError('a number without end');
}

/**
 * Refuses runs of equal or packed numbers (Parquet's RLE) in `[at, end)` that are not `count` numbers of `width` bits:
 * the library writes as many as a run claims. Comes back with how many are 1, where they are of one bit.
 */
export function checkRuns(bytes: Uint8Array, at: number, end: number, width: number, count: number): number {
  let place = at;
  let ones = 0;
  for (let left = count; left > 0;) {
    const { value, next } = numberAt(bytes, place, end);
    const claimed = value % 2 === 1 ? 4 * (value - 1) : value / 2;
    // Packed numbers come in eights.
    if (claimed > left + 7) throw new RangeError(`a run claims ${claimed} values of ${left}`);
    place = next + (value % 2 === 1 ? (claimed / 8) * width : (width + 7) >> 3);
    if (place > end + width) throw new RangeError('a run goes on behind its page');
    if (width === 1) {
      const taken = Math.min(claimed, left);
      if (value % 2 === 0) ones += taken * (bytes[next] & 1);
      else for (let index = 0; index < taken; index++) ones += packedAt(bytes, 8 * next + index, 1);
    }
    left -= claimed;
  }
  return ones;
}

/**
 * Refuses packed differences (Parquet's DELTA_BINARY_PACKED) in `[at, end)` whose blocks are none; comes back with where
 * they end.
 *
 * @param onValue is told each value, of 32 bits
 */
export function checkDeltas(
  bytes: Uint8Array,
  at: number,
  end: number,
  count: number,
  onValue?: (value: number) => void,
): number {
  const block = numberAt(bytes, at, end);
  const miniblocks = numberAt(bytes, block.next, end);
  const told = numberAt(bytes, miniblocks.next, end);
  const first = numberAt(bytes, told.next, end);
  const perMiniblock = block.value / miniblocks.value;
  if (miniblocks.value > MOST_MINIBLOCKS || perMiniblock % 32 !== 0 || perMiniblock === 0)
    throw new RangeError(`blocks of ${block.value} values in ${miniblocks.value} parts`);
  let value = zigZag(first.value);
  let place = first.next;
  let left = count - 1;
  if (count > 0) onValue?.(value);
  while (left > 0) {
    const least = numberAt(bytes, place, end);
    const widths = least.next;
    place = widths + miniblocks.value;
    for (let part = 0; part < miniblocks.value && left > 0; part++) {
      const width = bytes[widths + part];
      const taken = Math.min(left, perMiniblock);
      // Before any is looked at: a page of a few bytes may claim millions.
      if (!(width <= WIDEST) || place + (taken * width) / 8 > end)
        throw new RangeError('differences go on behind their page');
      if (onValue !== undefined) {
        for (let index = 0; index < taken; index++) {
          value = (value + zigZag(least.value) + packedAt(bytes, 8 * place + index * width, width)) | 0;
          onValue(value);
        }
      }
      left -= taken;
      place += (perMiniblock * width) / 8;
    }
  }
  return place;
}

/** The number of `width` bits at a bit. */
function packedAt(bytes: Uint8Array, bit: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index++) {
    const place = bit + index;
    value |= ((bytes[place >> 3] >> (place & 7)) & 1) << index;
  }
  return value;
}

/** A number out of one that has its sign in the lowest bit. */
export function zigZag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
