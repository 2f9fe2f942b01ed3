import type { FlowColumns } from '../flows/columns.ts';
import { mix } from '../memory/hash.ts';
import { NumberSlots } from '../memory/number-slots.ts';
import { endsHash, haveSameEnds, slotsFor } from './ends-index.ts';
import type { HashedKey } from './sibling-keys.ts';

/**
 * Rows between the same ends and of the same millisecond that a row is compared with, in their order: a log that has more
 * of them was made to, and of what comes later only rows of the same key are the same.
 */
const MOST_ALIKE = 64;
const FIRST_LATER = 1 << 10;
const NONE = -1;

/** Where two rows came from. */
export interface RowOrigins {
  readonly areSeveralFiles: boolean;
  areOfOneFile: (a: number, b: number) => boolean;
  /** Whether their logs call them the same. */
  haveSameKey: (a: number, b: number) => boolean;
  /** What a row's log calls it; null where rows are not told apart by that. */
  keyOf: (row: number) => HashedKey | null;
}

/** Rows of logs, each flow once, by their ends and when they start. */
export class AlikeRows {
  private readonly flows: FlowColumns;
  private readonly origins: RowOrigins;
  /** By slot: the first entry of those ends and that time. Entries have the number of the row that they were made for. */
  private readonly slots: Int32Array;
  /** By entry: the next one of the same ends and time, and the row that stands for it now. */
  private readonly next: Int32Array;
  private readonly rows: Int32Array;
  /** Entries that too many were before, by their ends, time and key. */
  private readonly later = new NumberSlots(FIRST_LATER);
  private hasLater = false;
  /** How many entries were looked through last without one being found, and the last of them. */
  private compared = 0;
  private last = NONE;

  /** @param length rows that may come */
  constructor(flows: FlowColumns, origins: RowOrigins, length: number) {
    this.flows = flows;
    this.origins = origins;
    this.slots = new Int32Array(slotsFor(length)).fill(NONE);
    this.next = new Int32Array(length).fill(NONE);
    this.rows = new Int32Array(length).fill(NONE);
  }

  /** The row that stands for an entry. */
  rowOf(entry: number): number {
    return this.rows[entry];
  }

  /** Lets another row stand for an entry: one between the same ends and of the same time. */
  replace(entry: number, row: number): void {
    this.rows[entry] = row;
  }

  /** The entry of what a row that starts then is the same as; -1 for none. */
  find(row: number, sinceMs: number): number {
    return this.search(row, sinceMs, this.slots[this.slotOf(row, sinceMs)]);
  }

  /** The same of a row that has an entry of its own then where there is none. */
  findOrAdd(row: number, sinceMs: number): number {
    const slot = this.slotOf(row, sinceMs);
    const first = this.slots[slot];
    const known = this.search(row, sinceMs, first);
    if (known !== NONE) return known;
    this.rows[row] = row;
    if (first === NONE) this.slots[slot] = row;
    else if (this.compared < MOST_ALIKE) this.next[this.last] = row;
    else if (this.origins.keyOf(row) !== null) this.addLater(row, sinceMs);
    return NONE;
  }

  private addLater(row: number, sinceMs: number): void {
    this.hasLater = true;
    this.later.put(this.laterSlot(row, sinceMs), row, (entry) => this.laterHash(entry, this.flows.sinceMs[entry]));
  }

  /** Looks through the entries from the first of a row's slot on. */
  private search(row: number, sinceMs: number, first: number): number {
    this.compared = 0;
    for (let entry = first; entry !== NONE; entry = this.next[entry]) {
      if (this.isSame(this.rows[entry], row, sinceMs)) return entry;
      this.last = entry;
      this.compared++;
    }
    return this.hasLater ? this.later.at(this.laterSlot(row, sinceMs)) : NONE;
  }

  /** The slot of a row's ends and a time; of entries, the row that they were made for says both. */
  private slotOf(row: number, sinceMs: number): number {
    const { flows, slots } = this;
    const mask = slots.length - 1;
    let slot = mix(endsHash(flows, row), sinceMs | 0) & mask;
    while (slots[slot] !== NONE && (flows.sinceMs[slots[slot]] !== sinceMs || !haveSameEnds(flows, slots[slot], row)))
      slot = (slot + 1) & mask;
    return slot;
  }

  /** The slot of a row's ends, a time and the row's key among later entries. */
  private laterSlot(row: number, sinceMs: number): number {
    const { flows, later, origins } = this;
    let slot = later.first(this.laterHash(row, sinceMs));
    for (let entry = later.at(slot); entry !== NONE; entry = later.at(slot)) {
      const isOfThen = flows.sinceMs[entry] === sinceMs && haveSameEnds(flows, entry, row);
      if (isOfThen && origins.haveSameKey(entry, row)) break;
      slot = later.next(slot);
    }
    return slot;
  }

  private laterHash(row: number, sinceMs: number): number {
    const hash = mix(endsHash(this.flows, row), sinceMs | 0);
    return mix(hash, this.origins.keyOf(row)?.low ?? 0);
  }

  /** Whether a row that starts then is the same as another between the same ends. */
  private isSame(a: number, b: number, sinceMs: number): boolean {
    const { flows, origins } = this;
    if (flows.sinceMs[a] !== sinceMs) return false;
    if (origins.haveSameKey(a, b)) return true;
    // Of one file, two rows are the same only where it calls them so.
    if (origins.areOfOneFile(a, b)) return false;
    // Protocols without ports have many flows between two hosts at once: those of other sizes are others.
    if (flows.sourcePort[a] !== 0 || flows.destinationPort[a] !== 0) return true;
    return flows.bytesSent[a] === flows.bytesSent[b] && flows.bytesReceived[a] === flows.bytesReceived[b];
  }
}
