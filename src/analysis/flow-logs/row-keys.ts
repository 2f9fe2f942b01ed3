import { GrowingColumn } from '../memory/growing-column.ts';
import type { RowOrigins } from './alike-rows.ts';
import { hashedKey, type HashedKey } from './sibling-keys.ts';

/** Where rows of logs came from, and what their logs call them. */
export class RowKeys implements RowOrigins {
  private file = new GrowingColumn('to-u32');
  private high = new GrowingColumn('u32');
  private low = new GrowingColumn('u32');
  private files = 0;

  /**
   * @param file number of the row's file
   * @param key what its log calls it; '' where it has no name
   * @param room the room of all columns
   */
  set(row: number, file: number, key: string, room: number): void {
    this.file.set(row, file, room);
    this.files = Math.max(this.files, file);
    if (key === '') return;
    const { high, low } = hashedKey(key);
    this.high.set(row, high, room);
    this.low.set(row, low, room);
  }

  /** The hashed key of a row; 0 and 0 without one. */
  readonly keyOf = (row: number): HashedKey => ({ high: this.high.get(row), low: this.low.get(row) });

  get areSeveralFiles(): boolean {
    return this.files > 1;
  }

  readonly areOfOneFile = (a: number, b: number): boolean => this.file.get(a) === this.file.get(b);

  readonly haveSameKey = (a: number, b: number): boolean =>
    this.low.get(a) === this.low.get(b) && this.high.get(a) === this.high.get(b);

  /** The first `length` rows by themselves. */
  copy(length: number): RowKeys {
    const copy = new RowKeys();
    copy.file = this.file.copy(length);
    copy.high = this.high.copy(length);
    copy.low = this.low.copy(length);
    copy.files = this.files;
    return copy;
  }
}
