import { Literals } from './literals.ts';
import { Sequences } from './sequences.ts';
import { LARGEST_BLOCK } from './window.ts';

export const BLOCK_HEADER = 3;
const STORED = 0;
const REPEATED = 1;
const COMPRESSED = 2;

/** A block's header (RFC 8878, section 3.1.1.2) at `at`. */
export interface BlockHeader {
  isLast: boolean;
  kind: number;
  /** Bytes that it is packed in behind the header, and that its header tells. */
  packed: number;
  told: number;
}

export function blockHeader(bytes: Uint8Array, at: number): BlockHeader {
  const header = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
  const kind = (header >> 1) & 3;
  const told = header >> 3;
  if (kind > COMPRESSED) throw new Error('a block of a kind that there is not');
  if (told > LARGEST_BLOCK) throw new Error(`a block of ${told} bytes`);
  return { isLast: (header & 1) === 1, kind, packed: kind === REPEATED ? 1 : told, told };
}

/** Unpacks the blocks of zstd frames, one after another; no block becomes more than 128 KiB. */
export class BlockUnpacker {
  readonly sequences = new Sequences();
  private readonly literals = new Literals();

  /** Begins a frame. */
  begin(): void {
    this.sequences.reset();
    this.literals.reset();
  }

  /**
   * Unpacks a block whose bytes begin behind its header, at `at`, to `out` from `to` on, behind `history` bytes that it
   * can look back at; comes back with where it ends there. Throws where it does not fit, or is damaged.
   */
  unpack(
    { kind, packed, told }: BlockHeader,
    bytes: Uint8Array,
    at: number,
    place: { out: Uint8Array; to: number; history: number },
  ): number {
    const { out, to } = place;
    const end = at + packed;
    if (kind === COMPRESSED) {
      const until = Math.min(out.length, to + LARGEST_BLOCK);
      const behind = this.literals.read(bytes, at, end);
      return this.sequences.unpack({ bytes, at: behind, end }, this.literals, { ...place, until });
    }
    if (to + told > out.length) throw new Error('a block of more bytes than there is room for');
    if (kind === STORED) out.set(bytes.subarray(at, end), to);
    else out.fill(bytes[at], to, to + told);
    return to + told;
  }
}
