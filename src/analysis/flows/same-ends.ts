import { mix } from '../memory/hash.ts';

/** What a conversation's record says of its two ends and its protocol, VLAN and tunnel left out. */
export interface Ends {
  /** Words of the record: both addresses and the ports. */
  words: Int32Array;
  /** Where they begin, and how many there are. */
  at: number;
  length: number;
  protocol: number;
}

/**
 * Finds the conversation of two ends whatever its VLAN or tunnel. It is made only when a capture has more than one of
 * those, and then holds the first conversation of each pair of ends.
 */
export class SameEnds {
  private count = 0;
  private slots = new Int32Array(1024).fill(-1);
  private readonly endsOf: (conversation: number) => Ends;

  /** @param endsOf reads a conversation's ends; what it returns may be overwritten by the next call but one */
  constructor(endsOf: (conversation: number) => Ends) {
    this.endsOf = endsOf;
  }

  /** The first conversation with the ends of this one, which is this one where there was none before. */
  firstOf(conversation: number): number {
    const ends = this.endsOf(conversation);
    const mask = this.slots.length - 1;
    let slot = hashOf(ends) & mask;
    for (let found = this.slots[slot]; found >= 0; found = this.slots[slot]) {
      if (areSame(this.endsOf(found), ends)) return found;
      slot = (slot + 1) & mask;
    }
    this.slots[slot] = conversation;
    this.count++;
    if (this.count * 2 > this.slots.length) this.grow();
    return conversation;
  }

  private grow(): void {
    const old = this.slots;
    const slots = new Int32Array(old.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (const conversation of old) {
      if (conversation < 0) continue;
      let slot = hashOf(this.endsOf(conversation)) & mask;
      while (slots[slot] >= 0) slot = (slot + 1) & mask;
      slots[slot] = conversation;
    }
    this.slots = slots;
  }
}

function hashOf({ words, at, length, protocol }: Ends): number {
  let hash = mix(0, protocol);
  for (let index = 0; index < length; index++) hash = mix(hash, words[at + index]);
  return hash >>> 1;
}

function areSame(a: Ends, b: Ends): boolean {
  if (a.protocol !== b.protocol) return false;
  for (let index = 0; index < a.length; index++) if (a.words[a.at + index] !== b.words[b.at + index]) return false;
  return true;
}
