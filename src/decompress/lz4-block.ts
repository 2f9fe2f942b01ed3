/** A match reaches back this far at most (LZ4 block format). */
export const LZ4_HISTORY = 65_536;
const SHORTEST_MATCH = 4;

/**
 * Unpacks one LZ4 block, after the published block format: sequences of a token, literals and a match.
 *
 * @param packed the block's bytes
 * @param out what is unpacked goes here from `start` on; what lies before is history that matches may refer to
 * @returns where the unpacked bytes end, or -1 where the block is damaged or does not fit
 */
export function unpackBlock(packed: Uint8Array, out: Uint8Array, start: number): number {
  let at = 0;
  let to = start;
  while (at < packed.length) {
    const token = packed[at++];
    let literals = token >> 4;
    if (literals === 15) {
      let byte = 255;
      while (byte === 255 && at < packed.length) {
        byte = packed[at++];
        literals += byte;
      }
    }
    if (at + literals > packed.length || to + literals > out.length) return -1;
    out.set(packed.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    // The last sequence has literals only.
    if (at === packed.length) return to;
    if (at + 2 > packed.length) return -1;
    const distance = packed[at] | (packed[at + 1] << 8);
    at += 2;
    let length = (token & 15) + SHORTEST_MATCH;
    if ((token & 15) === 15) {
      let byte = 255;
      while (byte === 255 && at < packed.length) {
        byte = packed[at++];
        length += byte;
      }
    }
    if (distance === 0 || distance > to || to + length > out.length) return -1;
    // A match may overlap what it writes: that is how runs are packed.
    if (distance >= length) out.copyWithin(to, to - distance, to - distance + length);
    else for (let index = 0; index < length; index++) out[to + index] = out[to + index - distance];
    to += length;
  }
  return to;
}
