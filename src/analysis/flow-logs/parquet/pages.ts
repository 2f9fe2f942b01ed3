import { unpackPage } from './codecs.ts';
import { checkDeltas, checkRuns } from './runs.ts';
import { ThriftWalk } from './thrift.ts';

const [DATA, DICTIONARY, DATA_V2] = [0, 2, 3];
const PLAIN_DICTIONARY = 2;
const RUNS = 3;
const DELTAS = 5;
const DELTA_LENGTHS = 6;
const DELTA_TEXTS = 7;
const RUNS_OF_DICTIONARY = 8;
const SPLIT = 9;
/** Fields of a page header: its own, those of the headers within (5, 7, 8), and their statistics. */
const [HEADER, HEADER_V2, DICTIONARY_HEADER] = [5, 8, 7];
/** Pages of a column without a value of a row: writers make a dictionary at most, and each is kept as the others are. */
const MOST_EMPTY_PAGES = 1000;
const WIDTHS: Readonly<Record<string, number>> = { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8 };

/** A column of a group, as far as its pages depend on it. */
export interface PagedColumn {
  rows: number;
  codec: string;
  type: string;
  /** Bytes of each value where the type leaves that open. */
  typeLength: number;
  isOptional: boolean;
}

/**
 * Looks through a column's pages before the library reads them: they hold no more values than there are rows, and no
 * more than their bytes explain. Each page is unpacked once: the library gets it by its place.
 */
export class Pages {
  private readonly column: PagedColumn;
  private readonly take: (bytes: number) => void;
  private readonly unpacked = new Map<number, Uint8Array>();
  private emptyPages = 0;

  /** @param take is told how many bytes will be made of some, and throws where that is too much */
  constructor(column: PagedColumn, take: (bytes: number) => void) {
    this.column = column;
    this.take = take;
  }

  /** Unpacks what begins at a place of the chunk that was checked. */
  at(place: number): Uint8Array {
    const page = this.unpacked.get(place);
    if (page === undefined) throw new RangeError('a page that was not looked at');
    return page;
  }

  /** Throws where the library would go wrong. */
  check(chunk: Uint8Array): void {
    let left = this.column.rows;
    for (let at = 0; left > 0 && at < chunk.length - 1;) {
      const numbers = new Map<number, number>();
      const walk = new ThriftWalk(chunk, at, ({ depth, parent, field, kind, value }) => {
        if (depth === 0 && kind === 'other') throw new RangeError('a page header of another kind');
        if (depth > 1 || kind === 'struct') return;
        if (kind === 'other' || Math.abs(value) >= 2 ** 31) throw new RangeError('a page header of another kind');
        numbers.set(16 * parent + field, value);
      });
      walk.struct();
      const packed = numbers.get(3) ?? -1;
      if (packed < 0 || walk.at + packed > chunk.length) throw new RangeError(`a page claims ${packed} bytes`);
      const rows = this.page(chunk.subarray(walk.at, walk.at + packed), walk.at, numbers);
      if (rows === 0 && ++this.emptyPages > MOST_EMPTY_PAGES)
        throw new RangeError(`more than ${MOST_EMPTY_PAGES} pages without values in one column`);
      left -= rows;
      if (left < 0) throw new RangeError('pages of more values than there are rows');
      at = walk.at + packed;
    }
  }

  /** Checks a page; comes back with the rows that it is. */
  private page(packed: Uint8Array, place: number, numbers: ReadonlyMap<number, number>): number {
    const kind = numbers.get(1);
    const length = numbers.get(2) ?? -1;
    const told = (parent: number, field: number): number => numbers.get(16 * parent + field) ?? 0;
    if (kind === DICTIONARY) {
      const values = told(DICTIONARY_HEADER, 1);
      if (values > this.column.rows)
        throw new RangeError(`a dictionary claims ${values} values for ${this.column.rows} rows`);
      const { length: bytes } = this.unpack(packed, place, length);
      if (values < 0 || values > bytes) throw new RangeError(`a dictionary claims ${values} values of ${bytes} bytes`);
      return 0;
    }
    if (kind === DATA) {
      const values = counted(told(HEADER, 1), this.column.rows);
      const page = this.unpack(packed, place, length);
      const { end, present } = this.column.isOptional ? this.levels(page, values) : { end: 0, present: values };
      this.values(page, end, told(HEADER, 2), present);
      return values;
    }
    if (kind !== DATA_V2) throw new RangeError(`a page of the kind ${kind}`);
    return this.second(packed, place, numbers);
  }

  /** The second form of a page: its levels are not packed. */
  private second(packed: Uint8Array, place: number, numbers: ReadonlyMap<number, number>): number {
    const told = (field: number): number => numbers.get(16 * HEADER_V2 + field) ?? 0;
    const values = counted(told(1), this.column.rows);
    const nulls = counted(told(2), values);
    const levels = counted(told(5), packed.length);
    if (told(6) !== 0) throw new RangeError('values that are lists');
    if (this.column.isOptional) checkRuns(packed, 0, levels, 1, values);
    const rest = packed.subarray(levels);
    const isPacked = numbers.get(16 * HEADER_V2 + 7) !== 0;
    const page = isPacked ? this.unpack(rest, place + levels, (numbers.get(2) ?? -1) - levels) : rest;
    this.values(page, 0, told(4), values - nulls);
    return values;
  }

  private unpack(packed: Uint8Array, place: number, length: number): Uint8Array {
    if (this.column.codec !== 'UNCOMPRESSED' && length > 0) this.take(length);
    const page = unpackPage(this.column.codec, packed, length);
    this.unpacked.set(place, page);
    return page;
  }

  /** Which values are there: runs of one bit, behind their length. Comes back with where they end, and how many are. */
  private levels(page: Uint8Array, values: number): { end: number; present: number } {
    if (page.length < 4) throw new RangeError('a page that ends before its values');
    const end = 4 + new DataView(page.buffer, page.byteOffset).getUint32(0, true);
    return { end, present: checkRuns(page, 4, Math.min(end, page.length), 1, values) };
  }

  private values(page: Uint8Array, at: number, encoding: number, values: number): void {
    const { type, typeLength } = this.column;
    if (encoding === PLAIN_DICTIONARY || encoding === RUNS_OF_DICTIONARY || encoding === RUNS) {
      if (values === 0) return;
      const isBoolean = type === 'BOOLEAN';
      const width = isBoolean ? 1 : page[at];
      if (!(width <= 32)) throw new RangeError(`numbers of ${width} bits`);
      checkRuns(page, at + (isBoolean ? 4 : 1), page.length, width, values);
    } else if (encoding === DELTAS || encoding === DELTA_LENGTHS) {
      checkDeltas(page, at, page.length, values);
    } else if (encoding === DELTA_TEXTS) {
      const add = (length: number): void => {
        if (length < 0) throw new RangeError('texts of fewer than no bytes');
        this.take(length);
      };
      checkDeltas(page, checkDeltas(page, at, page.length, values, add), page.length, values, add);
    } else if (encoding === SPLIT && values * (WIDTHS[type] ?? typeLength) > page.length) {
      throw new RangeError('values that end too early');
    }
  }
}

function counted(count: number, most: number): number {
  if (count < 0 || count > most) throw new RangeError(`a page claims ${count} values of ${most}`);
  return count;
}
