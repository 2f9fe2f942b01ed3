import { mix } from '../memory/hash.ts';
import { NumberSlots } from '../memory/number-slots.ts';

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
  private readonly slots = new NumberSlots(1024);
  private readonly endsOf: (conversation: number) => Ends;

  /** @param endsOf reads a conversation's ends; what it returns may be overwritten by the next call but one */
  constructor(endsOf: (conversation: number) => Ends) {
    this.endsOf = endsOf;
  }

  /** The first conversation with the ends of this one, which is this one where there was none before. */
  firstOf(conversation: number): number {
    const ends = this.endsOf(conversation);
    const { slots } = this;
    let slot = slots.first(hashOf(ends));
    for (let found = slots.at(slot); found >= 0; found = slots.at(slot)) {
      if (areSame(this.endsOf(found), ends)) return found;
      slot = slots.next(slot);
    }
    slots.put(slot, conversation, (of) => hashOf(this.endsOf(of)));
    return conversation;
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
