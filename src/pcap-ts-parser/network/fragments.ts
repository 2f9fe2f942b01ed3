import { countText, type Warnings } from '../warnings.ts';

/** Fragmented packets that are remembered at a time; an older one gives its place to one that falls on it. */
const PLACES = 1 << 14;
const NOTHING = new Int32Array(0);

/**
 * Counts IP fragments that have no ports, and those of packets whose first fragment, which has, is not in the capture.
 * It may come behind the others: they wait for it.
 */
export class FragmentHeads {
  /** By place: a hash of the packet, and how many of its fragments came before its first, -1 once that is there. */
  private hashes: Int32Array | null = null;
  private waiting = NOTHING;
  private readonly seed = Math.trunc(Math.random() * 0x1_0000_0000);
  private later = 0;
  /** Fragments that lost their place while they waited. */
  private headless = 0;

  /** Takes a fragment, by `length` bytes of its addresses at `at` and the number that its packet has between them. */
  add(bytes: Uint8Array, at: number, length: number, number: number, later: boolean): void {
    let hash = Math.imul(this.seed ^ number, 0x9e37_79b1);
    for (let index = at; index < at + length; index++) hash = Math.imul(hash ^ bytes[index], 0x0100_0193);
    hash ^= hash >>> 15;
    if (this.hashes === null) {
      this.hashes = new Int32Array(PLACES);
      this.waiting = new Int32Array(PLACES);
    }
    const place = hash & (PLACES - 1);
    if (this.hashes[place] !== hash) {
      this.headless += Math.max(0, this.waiting[place]);
      this.hashes[place] = hash;
      this.waiting[place] = 0;
    }
    if (!later) this.waiting[place] = -1;
    else if (this.waiting[place] >= 0) this.waiting[place]++;
    if (later) this.later++;
  }

  /** Says how many there were. */
  settle(warnings: Warnings): void {
    if (this.later === 0) return;
    const headless = this.waiting.reduce((sum, count) => sum + Math.max(0, count), this.headless);
    const fragments = this.later === 1 ? '1 later IP fragment is' : `${countText(this.later)} later IP fragments are`;
    const these = headless === this.later ? 'they all' : countText(headless);
    const missing = `${these} belong to packets whose first fragment is missing`;
    const message = `${fragments} left out, for only a packet's first fragment has ports: their bytes are not counted`;
    warnings.add('ip-fragments', null, headless === 0 ? message : `${message}; ${missing}`);
  }
}
