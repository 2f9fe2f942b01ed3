import { describe, expect, it } from 'vitest';
import { unpackPage } from '../../../../src/analysis/flow-logs/parquet/codecs.ts';
import { type PagedColumn, Pages } from '../../../../src/analysis/flow-logs/parquet/pages.ts';
import { checkDeltas, checkRuns } from '../../../../src/analysis/flow-logs/parquet/runs.ts';
import { Room } from '../../../../src/analysis/flow-logs/parquet/room.ts';
import { ThriftWalk } from '../../../../src/analysis/flow-logs/parquet/thrift.ts';

const PLAIN = 0;
const DELTAS = 5;
const DELTA_TEXTS = 7;
const DICTIONARY = 8;
const BYTE_STREAM_SPLIT = 9;
const COLUMN: PagedColumn = { rows: 100, codec: 'UNCOMPRESSED', type: 'INT64', typeLength: 0, isOptional: false };

/** A number of seven bits a byte. */
function number(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...number(Math.floor(value / 128))];
}

/** Fields 1, 2, ... of a struct, numbers and structs; null for one that is not there. */
function struct(...fields: (number | number[] | null)[]): number[] {
  const bytes: number[] = [];
  let step = 1;
  for (const field of fields) {
    if (field === null) {
      step++;
      continue;
    }
    bytes.push((step << 4) | (typeof field === 'number' ? 5 : 12));
    bytes.push(...(typeof field === 'number' ? number(field < 0 ? -2 * field - 1 : 2 * field) : field));
    step = 1;
  }
  return [...bytes, 0];
}

function dataPage(values: number, encoding: number, content: readonly number[], claimed = content.length): number[] {
  return [...struct(0, claimed, content.length, null, struct(values, encoding, 3, 3)), ...content];
}

function secondPage(
  values: number,
  nulls: number,
  levels: number,
  content: readonly number[],
  encoding = DICTIONARY,
): number[] {
  const header = struct(values, nulls, values, encoding, levels, 0);
  return [...struct(3, content.length, content.length, null, null, null, null, header), ...content];
}

function dictionaryPage(values: number, content: readonly number[]): number[] {
  return [...struct(2, content.length, content.length, null, null, null, struct(values, PLAIN)), ...content];
}

/** Looks through pages of a column of 100 rows. */
function check(pages: readonly number[], column: Partial<PagedColumn> = {}): void {
  const room = new Room(1 << 27, 'bytes');
  new Pages({ ...COLUMN, ...column }, (bytes) => room.take(bytes)).check(Uint8Array.from([...pages, 0]));
}

/** A hundred values of one bit: packed ones of eight, then equal ones. */
const HUNDRED = [3, 0b1010_1010, ...number(2 * 92), 1];

describe('pages of Parquet', () => {
  it('that are as they should be are let through', () => {
    check([...dictionaryPage(2, [1, 2, 3, 4]), ...dataPage(100, DICTIONARY, [1, ...HUNDRED])]);
    check(dataPage(100, DICTIONARY, [HUNDRED.length, 0, 0, 0, ...HUNDRED, 1, ...HUNDRED]), { isOptional: true });
    check(secondPage(100, 0, HUNDRED.length, [...HUNDRED, 1, ...HUNDRED]), { isOptional: true });
    check([...dataPage(60, PLAIN, []), ...dataPage(40, PLAIN, [])]);
  });

  it.each([
    ['numbers of a dictionary', DICTIONARY, [2, 3, 0b0010_0100, 0]],
    ['differences', DELTAS, [32, 1, 3, 10, 2, 2, ...Array<number>(8).fill(0)]],
    ['texts by their differences', DELTA_TEXTS, [32, 1, 3, 0, 0, 0, 32, 1, 3, 2, 0, 0, 65, 66, 67]],
  ])('that have no value in most rows hold %s of the others', (_, encoding, content) => {
    // 90 rows without one, eight of which three have one, two without one.
    const levels = [...number(2 * 90), 0, 3, 0b0000_0111, ...number(2 * 2), 0];
    check(dataPage(100, encoding, [levels.length, 0, 0, 0, ...levels, ...content]), { isOptional: true });
    check(secondPage(100, 97, levels.length, [...levels, ...content], encoding), { isOptional: true });
    const every = [...number(2 * 100), 1];
    expect(() => {
      check(dataPage(100, encoding, [every.length, 0, 0, 0, ...every, ...content]), { isOptional: true });
    }).toThrow(RangeError);
  });

  it.each<[string, number[], Partial<PagedColumn>]>([
    ['more values than there are rows', dataPage(101, PLAIN, []), {}],
    ['more values than rows, together', [...dataPage(60, PLAIN, []), ...dataPage(41, PLAIN, [])], {}],
    ['fewer than no values', dataPage(-1, PLAIN, []), {}],
    ['a run of 2 ** 30 values', dataPage(100, DICTIONARY, [1, ...number(2 ** 31), 1]), {}],
    ['2 ** 30 packed values', dataPage(100, DICTIONARY, [1, ...number(2 ** 28 + 1), 1]), {}],
    ['packed values of no bits', secondPage(100, 0, 0, [0, ...number(2 ** 28 + 1)]), {}],
    ['levels of a long run', dataPage(100, PLAIN, [9, 0, 0, 0, ...number(2 ** 31), 1]), { isOptional: true }],
    ['levels that end behind their page', secondPage(100, 0, 99, HUNDRED), { isOptional: true }],
    ['more nulls than values', secondPage(10, 11, 0, [1, ...HUNDRED]), {}],
    ['a dictionary of more values than bytes', dictionaryPage(2 ** 27, [1, 2, 3]), {}],
    ['numbers of 200 bits', dataPage(100, DICTIONARY, [200, ...HUNDRED]), {}],
    [
      'texts of 2 ** 30 bytes',
      dataPage(100, BYTE_STREAM_SPLIT, [1]),
      { type: 'FIXED_LEN_BYTE_ARRAY', typeLength: 2 ** 30 },
    ],
    ['a page that is longer than its column', struct(0, 9, 9, null, struct(1, 0)), {}],
    ['a page of fewer than no bytes', struct(0, 9, -9, null, struct(1, 0)), {}],
    ['a page of a claimed length', dataPage(100, PLAIN, [1, 2, 3, 4], 2 ** 26), { codec: 'SNAPPY' }],
    ['a count that is a list', [...struct(0, 0, 0).slice(0, -1), 0x2c, 0x19, 0xf5, ...number(2 ** 28), 0], {}],
    ['a count of more than 32 bits', dataPage(2 ** 40, PLAIN, []), {}],
  ])('with %s are refused', (_, pages, column) => {
    expect(() => check(pages, column)).toThrow(RangeError);
  });

  it('whose texts grow by those before are bounded', () => {
    // 6,400 texts that are each a byte longer than the one before: widths of no bits, a difference of one each.
    const blocks = Array.from({ length: 200 }, () => [2, 0]).flat();
    const growing = [32, 1, ...number(6400), 0, ...blocks];
    const ones = [32, 1, ...number(6400), 2, ...Array.from({ length: 200 }, () => [0, 0]).flat()];
    const page = dataPage(6400, DELTA_TEXTS, [...growing, ...ones]);
    check(page, { rows: 6400 });
    const steep = [32, 1, ...number(6400), 0, ...Array.from({ length: 200 }, () => [...number(20_000), 0]).flat()];
    expect(() => check(dataPage(6400, DELTA_TEXTS, [...steep, ...ones]), { rows: 6400 })).toThrow('more than');
  });

  it('that claim differences behind their page are refused before any is looked at', () => {
    const claimed = [...number(1 << 20), 1, ...number(1 << 20), 0, 0];
    let values = 0;
    for (const width of [1, 32, 64, 255]) {
      const bytes = Uint8Array.from([...claimed, width, 0, 0]);
      expect(() => checkDeltas(bytes, 0, bytes.length, 1 << 20, () => values++)).toThrow('behind their page');
    }
    expect(values).toBeLessThan(10);
  });

  it('packed by LZ4 are read, and by Brotli named', () => {
    const block = Uint8Array.of(0x22, 65, 66, 2, 0, 0x10, 67);
    expect([...unpackPage('LZ4_RAW', block, 9)]).toEqual([65, 66, 65, 66, 65, 66, 65, 66, 67]);
    for (const length of [8, 10]) expect(() => unpackPage('LZ4_RAW', block, length)).toThrow('instead of');
    expect(() => unpackPage('BROTLI', block, 9)).toThrow(/packed with BROTLI, which is not read: write it with ZSTD$/);
  });

  it.each(['SNAPPY', 'GZIP', 'ZSTD', 'LZ4_RAW'])(
    'packed by %s take no room that their bytes do not explain',
    (codec) => {
      expect(() => unpackPage(codec, new Uint8Array(100), 1 << 27)).toThrow('claims');
      expect(() => unpackPage(codec, new Uint8Array(100_000), 2 ** 40)).toThrow('claims');
    },
  );
});

describe('runs and differences', () => {
  it('that are cut are refused', () => {
    const runs = Uint8Array.from(HUNDRED);
    checkRuns(runs, 0, runs.length, 1, 100);
    expect(() => checkRuns(runs, 0, 1, 1, 100)).toThrow(RangeError);
  });

  it('of numbers without end are refused', () => {
    const endless = new Uint8Array(1000).fill(255);
    expect(() => checkRuns(endless, 0, 1000, 1, 100)).toThrow('without end');
    expect(() => checkDeltas(endless, 0, 1000, 100)).toThrow('without end');
    expect(() => new ThriftWalk(Uint8Array.of(0x16, ...endless), 0).struct()).toThrow('without end');
  });

  it('tell the values that they are', () => {
    // First 5, then a block with the least difference 1 and 32 differences of two bits: 3, 2, 1, 0 and so on.
    const bytes = Uint8Array.of(32, 1, 5, 10, 2, 2, 0b0001_1011, ...Array<number>(7).fill(0b0001_1011));
    const values: number[] = [];
    expect(checkDeltas(bytes, 0, bytes.length, 5, (value) => values.push(value))).toBe(bytes.length);
    expect(values).toEqual([5, 9, 12, 14, 15]);
  });

  it.each([[[32, 0, 9, 0]], [[0, 1, 9, 0]], [[...number(32 * 1024), ...number(1024), 9, 0]], [[33, 1, 9, 0]]])(
    'in blocks of %j are refused',
    (head) => {
      expect(() => checkDeltas(Uint8Array.from([...head, 0, 0, 0]), 0, head.length + 3, 9)).toThrow(RangeError);
    },
  );
});

describe('the footer of Parquet', () => {
  it.each([
    [
      'lists of claimed lengths, one in another',
      [0x19, ...Array.from({ length: 9 }, () => [0xf9, ...number(2 ** 24)]).flat()],
    ],
    ['structs within structs', Array<number>(1000).fill(0x1c)],
    ['lists within lists', [0x19, ...Array<number>(1000).fill(0x19)]],
    ['texts of 2 ** 31 bytes', [0x18, ...number(2 ** 31)]],
    ['nothing', []],
  ])('with %s is refused', (_, bytes) => {
    expect(() => new ThriftWalk(Uint8Array.from(bytes), 0).struct()).toThrow(RangeError);
  });
});
