import type { Packet } from 'pcap-ts-parser';
import { wordAt } from '../net/address-text.ts';
import { AddressTable } from '../net/addresses.ts';
import { grownCapacity } from '../memory/growing-column.ts';
import { mix } from '../memory/hash.ts';
import { NumberSlots } from '../memory/number-slots.ts';
import { SameEnds } from './same-ends.ts';

/**
 * Words of one record: the numbers of the lower end's address and of the higher end's, both ports, the rest of the key,
 * its hash, the live flow.
 */
const STRIDE = 6;
const LOW = 0;
const HIGH = 1;
const PORTS = 2;
const REST = 3;
const HASH = 4;
const FLOW = 5;
/** Those that tell of the ends, from the first on. */
const ENDS = 3;

/**
 * Distinct flow keys: the two (address, port) ends in canonical order, protocol, VLAN id and tunnel id. One
 * conversation has at most one live flow. One record is 24 bytes in one array; its addresses lie in a table of their
 * own, where those of busy hosts are at hand.
 */
export class Conversations {
  count = 0;
  /** Whether the packet last looked up went from the higher end to the lower. */
  swapped = false;
  addresses = new AddressTable();
  private records = new Int32Array(1024 * STRIDE);
  private slots = new NumberSlots(2048);
  private readonly hashOf = (conversation: number): number => this.records[conversation * STRIDE + HASH];
  /** Looks ends up whatever their VLAN or tunnel, once there is more than one of those. */
  private sameEnds: SameEnds | null = null;
  /** By conversation: the one whose other half it is. */
  private readonly halves = new Map<number, number>();
  private readonly most: number;

  /** @param most conversations that are kept */
  constructor(most: number) {
    this.most = most;
  }

  /** The conversation a packet belongs to, made when it is new; -1 where it finds no room. Sets `swapped`. */
  find(packet: Packet): number {
    const { bytes, source, destination, sourcePort, destinationPort } = packet;
    let a0 = wordAt(bytes, source);
    let b0 = wordAt(bytes, destination);
    let a1 = 0,
      a2 = 0,
      a3 = 0,
      b1 = 0,
      b2 = 0,
      b3 = 0;
    let order = a0 - b0;
    let rest = packet.protocol | (packet.vlanId << 8) | (packet.tunnelId << 20);
    if (packet.ipVersion === 6) {
      rest |= 1 << 24;
      a1 = wordAt(bytes, source + 4);
      a2 = wordAt(bytes, source + 8);
      a3 = wordAt(bytes, source + 12);
      b1 = wordAt(bytes, destination + 4);
      b2 = wordAt(bytes, destination + 8);
      b3 = wordAt(bytes, destination + 12);
      order = order || a1 - b1 || a2 - b2 || a3 - b3;
    }
    order = order || sourcePort - destinationPort;
    this.swapped = order > 0;
    let ports = (sourcePort << 16) | destinationPort;
    if (order > 0) {
      let t = a0;
      a0 = b0;
      b0 = t;
      t = a1;
      a1 = b1;
      b1 = t;
      t = a2;
      a2 = b2;
      b2 = t;
      t = a3;
      a3 = b3;
      b3 = t;
      ports = (destinationPort << 16) | sourcePort;
    }
    let hash = mix(mix(mix(mix(0, a0), b0), ports), rest);
    if (packet.ipVersion === 6) hash = mix(mix(mix(mix(mix(mix(hash, a1), a2), a3), b1), b2), b3);

    const { records, slots, addresses } = this;
    let slot = slots.first(hash);
    for (let found = slots.at(slot); found >= 0; found = slots.at(slot)) {
      const at = found * STRIDE;
      if (
        records[at + HASH] === hash &&
        records[at + PORTS] === ports &&
        records[at + REST] === rest &&
        addresses.is(records[at + LOW], a0, a1, a2, a3) &&
        addresses.is(records[at + HIGH], b0, b1, b2, b3)
      )
        return found;
      slot = slots.next(slot);
    }
    if (this.count >= this.most) return -1;
    const created = this.add();
    const at = created * STRIDE;
    const made = this.records;
    made[at + LOW] = addresses.idOf(packet.ipVersion, a0, a1, a2, a3);
    made[at + HIGH] = addresses.idOf(packet.ipVersion, b0, b1, b2, b3);
    made[at + PORTS] = ports;
    made[at + REST] = rest;
    made[at + HASH] = hash;
    made[at + FLOW] = -1;
    this.indexTag(created);
    slots.put(slot, created, this.hashOf);
    return created;
  }

  /** The live flow of a conversation; without one a negative number: what was set last, -1 in the beginning. */
  flowOf(conversation: number): number {
    return this.records[conversation * STRIDE + FLOW];
  }

  setFlow(conversation: number, flow: number): void {
    this.records[conversation * STRIDE + FLOW] = flow;
  }

  /** The conversation that this one is a half of: itself but where `join` said otherwise. */
  whole(conversation: number): number {
    return this.halves.size === 0 ? conversation : (this.halves.get(conversation) ?? conversation);
  }

  /** Makes a conversation the other half of one with the same ends. */
  join(half: number, conversation: number): void {
    this.halves.set(half, conversation);
  }

  /** A conversation between the same ends in another VLAN or tunnel, which began before this one; -1 without one. */
  alike(conversation: number): number {
    if (this.sameEnds === null) return -1;
    const first = this.sameEnds.firstOf(conversation);
    return first === conversation ? -1 : first;
  }

  /** Address number of an end: the lower (0) or the higher (1). */
  end(conversation: number, which: number): number {
    return this.records[conversation * STRIDE + LOW + which];
  }

  /** Port of an end: the lower (0) or the higher (1). */
  port(conversation: number, which: number): number {
    const ports = this.records[conversation * STRIDE + PORTS];
    return which === 0 ? ports >>> 16 : ports & 0xffff;
  }

  protocol(conversation: number): number {
    return this.records[conversation * STRIDE + REST] & 0xff;
  }

  vlanId(conversation: number): number {
    return (this.records[conversation * STRIDE + REST] >> 8) & 0xfff;
  }

  tunnelId(conversation: number): number {
    return (this.records[conversation * STRIDE + REST] >> 20) & 0xf;
  }

  /** Whether any is a half of another. */
  get hasHalves(): boolean {
    return this.halves.size > 0;
  }

  /** Lets go of what only looking up takes; no packet may come any more. */
  endLookups(): void {
    this.slots = new NumberSlots(1);
    this.sameEnds = null;
    this.addresses.endLookups();
  }

  /** Lets go of all but which conversations are halves. */
  release(): void {
    this.records = new Int32Array(0);
    this.addresses = new AddressTable();
  }

  /** Makes room for one more conversation, and gives its number. */
  private add(): number {
    const conversation = this.count++;
    if (this.count * STRIDE > this.records.length) {
      const capacity = grownCapacity(this.records.length / STRIDE);
      const records = new Int32Array(capacity * STRIDE);
      records.set(this.records);
      this.records = records;
    }
    return conversation;
  }

  /** Begins to look ends up whatever their tag, where a new conversation has another than the first. */
  private indexTag(conversation: number): void {
    if (this.sameEnds !== null || this.tag(conversation) === this.tag(0)) return;
    this.sameEnds = new SameEnds((of) => this.wordsOf(of));
    for (let earlier = 0; earlier < conversation; earlier++) this.sameEnds.firstOf(earlier);
  }

  /** VLAN and tunnel of a conversation as one number. */
  private tag(conversation: number): number {
    return (this.records[conversation * STRIDE + REST] >> 8) & 0xffff;
  }

  private wordsOf(conversation: number): { words: Int32Array; at: number; length: number; protocol: number } {
    const at = conversation * STRIDE;
    return { words: this.records, at, length: ENDS, protocol: this.protocol(conversation) };
  }
}
