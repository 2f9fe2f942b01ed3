import { grownCapacity } from '../memory/growing-column.ts';
import { mix } from '../memory/hash.ts';
import { NumberSlots } from '../memory/number-slots.ts';

/** What a conversation's record says of its two ends and its protocol, VLAN and tunnel left out. */
export interface Ends {
  /** Words of the record: the numbers of both addresses, and the ports. */
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
  private readonly slots = new NumberSlots(1024);
  /** By conversation that a slot holds: the hash of its ends, so that others' records need not be looked at. */
  private hashes = new Int32Array(1024);
  private readonly hashAt = (conversation: number): number => this.hashes[conversation];
  private readonly endsOf: (conversation: number) => Ends;

  /** @param endsOf reads a conversation's ends; what it returns may be overwritten by the next call but one */
  constructor(endsOf: (conversation: number) => Ends) {
    this.endsOf = endsOf;
  }

  /** The first conversation with the ends of this one, which is this one where there was none before. */
  firstOf(conversation: number): number {
    const ends = this.endsOf(conversation);
    const hash = hashOf(ends);
    const { slots } = this;
    let slot = slots.first(hash);
    for (let found = slots.at(slot); found >= 0; found = slots.at(slot)) {
      if (this.hashes[found] === hash && areSame(this.endsOf(found), ends)) return found;
      slot = slots.next(slot);
    }
    this.keepHash(conversation, hash);
    slots.put(slot, conversation, this.hashAt);
    return conversation;
  }

  private keepHash(conversation: number, hash: number): void {
    if (conversation >= this.hashes.length) {
      const hashes = new Int32Array(Math.max(conversation + 1, grownCapacity(this.hashes.length)));
      hashes.set(this.hashes);
      this.hashes = hashes;
    }
    this.hashes[conversation] = hash;
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
