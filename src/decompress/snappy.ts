/**
 * Unpacks a block of Snappy, after its published format, to `out`, which it fills to the last byte. Throws where it is
 * damaged. The library's own goes round without end where a length is below zero.
 */
export function unpackSnappy(packed: Uint8Array, out: Uint8Array): void {
  let at = 0;
  while (packed[at] >= 128) at++;
  at++;
  let to = 0;
  while (at < packed.length) {
    const tag = packed[at++];
    const kind = tag & 3;
    const wide = kind === 0 ? Math.max(0, (tag >> 2) - 59) : [0, 1, 2, 4][kind];
    const number = littleEndian(packed, at, wide);
    at += wide;
    if (kind === 0) {
      const length = (wide === 0 ? tag >> 2 : number) + 1;
      if (at + length > packed.length || to + length > out.length) throw new RangeError('literals that do not fit');
      out.set(packed.subarray(at, at + length), to);
      at += length;
      to += length;
      continue;
    }
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const distance = kind === 1 ? ((tag >> 5) << 8) | number : number;
    if (distance === 0 || distance > to || to + length > out.length) throw new RangeError('a copy that does not fit');
    // A copy may overlap what it writes: that is how runs are packed.
    if (distance >= length) out.copyWithin(to, to - distance, to - distance + length);
    else for (let index = 0; index < length; index++) out[to + index] = out[to + index - distance];
    to += length;
  }
  if (to !== out.length) throw new RangeError(`${to} bytes instead of ${out.length}`);
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  if (at + count > bytes.length) throw new RangeError('it ends too early');
  let value = 0;
  for (let index = 0; index < count; index++) value += bytes[at + index] * 256 ** index;
  return value;
}
