import type { Warning } from '../capture.ts';
import { countText } from '../count-text.ts';

/** Rows that are named one by one; the others are counted. */
const NAMED_ROWS = 5;
const LONGEST_REASON = 200;

/** Rows of a log that could not be read: the first few with line and reason, all of them counted. */
export class RowFaults {
  count = 0;
  /** The first of them, and what is wrong with it. */
  first = '';
  private readonly named: Warning[] = [];
  private readonly unit: string;

  /** `unit` is what the log counts: "line" or "row". */
  constructor(unit = 'line') {
    this.unit = unit;
  }

  /** Counts a row that is left out; `number` is its place in the file, from 1. */
  add(number: number, reason: string): void {
    if (++this.count > NAMED_ROWS) return;
    const shown = reason.slice(0, LONGEST_REASON);
    if (this.count === 1) this.first = `${this.unit} ${number}: ${shown}`;
    const message = `${this.unit} ${number} was left out: ${shown}`;
    this.named.push({ kind: 'bad-row', offset: null, message });
  }

  /** Counts a line of a table that is no row of it; `ended` is false for one that the file ends inside. */
  addShort(number: number, ended: boolean, columns: number): void {
    this.add(number, ended ? `it does not have the ${columns} cells of the header` : 'the file ends inside it');
  }

  warnings(): Warning[] {
    if (this.count <= NAMED_ROWS) return this.named;
    const message = `${countText(this.count)} ${this.unit}s were left out; the first ${NAMED_ROWS} are named before`;
    return [...this.named, { kind: 'bad-rows', offset: null, message }];
  }
}
