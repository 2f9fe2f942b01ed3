import type { Packet } from 'pcap-ts-parser';
import { wordAt } from '../net/address-text.ts';
import { AddressTable } from '../net/addresses.ts';
import { grownCapacity } from '../memory/growing-column.ts';
import { mix } from '../memory/hash.ts';
import { NumberSlots } from '../memory/number-slots.ts';
import { SameEnds } from './same-ends.ts';

/**
 * Words of one record: the lower end's address, the higher end's, both ports, the rest of the key, its hash, the live
 * flow.
 */
const STRIDE = 12;
const PORTS = 8;
const REST = 9;
const HASH = 10;
const FLOW = 11;

/**
 * Distinct flow keys: the two (address, port) ends in canonical order, protocol, VLAN id and tunnel id. One
 * conversation has at most one live flow. One record is 48 bytes in one array: a look-up touches one cache line.
 */
export class Conversations {
  count = 0;
  /** Whether the packet last looked up went from the higher end to the lower. */
  swapped = false;
  addresses = new AddressTable();
  private records = new Int32Array(1024 * STRIDE);
  private slots = new NumberSlots(2048);
  private readonly hashOf = (conversation: number): number => this.records[conversation * STRIDE + HASH];
  /** Address numbers of the lower and the higher end, by conversation. */
  private ends = new Uint32Array(1024 * 2);
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

    const { records, slots } = this;
    let slot = slots.first(hash);
    for (let found = slots.at(slot); found >= 0; found = slots.at(slot)) {
      const at = found * STRIDE;
      if (
        records[at + HASH] === hash &&
        records[at] === a0 &&
        records[at + 4] === b0 &&
        records[at + PORTS] === ports &&
        records[at + REST] === rest &&
        records[at + 3] === a3 &&
        records[at + 7] === b3 &&
        records[at + 2] === a2 &&
        records[at + 6] === b2 &&
        records[at + 1] === a1 &&
        records[at + 5] === b1
      )
        return found;
      slot = slots.next(slot);
    }
    if (this.count >= this.most) return -1;
    const created = this.add();
    const at = created * STRIDE;
    const made = this.records;
    made[at] = a0;
    made[at + 1] = a1;
    made[at + 2] = a2;
    made[at + 3] = a3;
    made[at + 4] = b0;
    made[at + 5] = b1;
    made[at + 6] = b2;
    made[at + 7] = b3;
    made[at + PORTS] = ports;
    made[at + REST] = rest;
    made[at + HASH] = hash;
    made[at + FLOW] = -1;
    this.ends[created * 2] = this.addresses.idOf(packet.ipVersion, a0, a1, a2, a3);
    this.ends[created * 2 + 1] = this.addresses.idOf(packet.ipVersion, b0, b1, b2, b3);
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
    return this.ends[conversation * 2 + which];
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
    this.ends = new Uint32Array(0);
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
      const ends = new Uint32Array(capacity * 2);
      ends.set(this.ends);
      this.ends = ends;
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
    return { words: this.records, at, length: REST, protocol: this.protocol(conversation) };
  }
}
