import { mix } from '../flows/hash.ts';

const SLOTS = 1 << 13;
const STRIDE = 5;

/**
 * Which tallies the names asked for lately belong to: most are asked for again, and finding a name's domain costs more
 * than all the rest. A slot holds the last name that came to it; nothing is lost but time when another takes its place.
 */
export class RecentNames {
  /** Client and resolver plus one, hash of the name, numbers of both tallies. */
  private readonly slots = new Int32Array(SLOTS * STRIDE);
  private at = 0;

  /** Turns to the slot of a name; whether it is the name's. */
  find(client: number, resolver: number, hash: number): boolean {
    const { slots } = this;
    this.at = (mix(mix(mix(0, client), resolver), hash) & (SLOTS - 1)) * STRIDE;
    return slots[this.at] === client + 1 && slots[this.at + 1] === resolver + 1 && slots[this.at + 2] === hash;
  }

  /** The numbers of the tallies in the slot: by domain and by resolver. */
  get byDomain(): number {
    return this.slots[this.at + 3];
  }

  get byResolver(): number {
    return this.slots[this.at + 4];
  }

  /** Fills the slot turned to last. */
  set(client: number, resolver: number, hash: number, byDomain: number, byResolver: number): void {
    const { slots, at } = this;
    slots[at] = client + 1;
    slots[at + 1] = resolver + 1;
    slots[at + 2] = hash;
    slots[at + 3] = byDomain;
    slots[at + 4] = byResolver;
  }
}
