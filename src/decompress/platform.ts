import type { CompressedInput } from './input.ts';

/** Unpacks as far as it can; throws at whatever it does not take, and what reading throws. */
export type Unpacking = (input: CompressedInput) => AsyncGenerator<Uint8Array>;

/** What a platform has of its own to unpack with; null for nothing. */
export interface OwnUnpacking {
  /** In the place of DecompressionStream. */
  gunzip: Unpacking | null;
  /** For the deflate of ZIP archives: the library's streams are several times slower. */
  inflate: Unpacking | null;
}

/** A module of its own, for who says what there is need not load what uses it. */
export const own: OwnUnpacking = { gunzip: null, inflate: null };

/** Takes what a platform has of its own. */
export function unpackWith(unpacking: Partial<OwnUnpacking>): void {
  Object.assign(own, unpacking);
}
