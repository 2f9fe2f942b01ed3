import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it, vi } from 'vitest';
import { AddressList } from '../../../src/analysis/net/address-list.ts';
import { Analysis } from '../../../src/analysis/report/analysis.ts';
import { columnsLike, longText, text, texts } from '../../../src/saved/checks.ts';
import { openSavedFile, savedFile } from '../../../src/saved/file.ts';
import { packed } from '../../../src/saved/pack.ts';
import { dnsCheck, readCheck } from '../../../src/saved/part-checks.ts';
import type { SavedDigest, SavedFacts } from '../../../src/saved/saved.ts';
import { SavedBytes, unpacked } from '../../../src/saved/unpack.ts';
import { savedBytes } from '../../builders/saved.ts';
import { analyzeFixture } from '../../fixtures/expected.ts';
import { FIXTURES } from '../../fixtures/fixtures.ts';

const analysis = await analyzeFixture(FIXTURES[0]);
const { parts } = analysis;
const many = (count: number, value: unknown): unknown[] => Array.from({ length: count }, () => value);
const [capture] = parts.read.captures;

it.each<[string, object, number]>([
  ['captures', { captures: many(100_001, capture) }, 100_000],
  ['warnings', { captures: [{ ...capture, warnings: many(10_001, 0) }] }, 10_000],
  ['sightings', { hostsSeen: many((1 << 20) + 1, 0) }, 1 << 20],
  ['MAC addresses', { macsSeen: many((1 << 20) + 1, 0) }, 1 << 20],
])('a saved analysis has so many %s at most', (_, change, most) => {
  expect(() => readCheck({ ...parts.read, ...change }, 'read')).toThrow(`is not a list of at most ${most}`);
});

it('a saved analysis has so many slices and generators at most', () => {
  const packetsOverTime = (count: number) => ({ counts: new Uint32Array(count), sliceMs: 1 });
  const read = (count: number) => readCheck({ ...parts.read, packetsOverTime: packetsOverTime(count) }, 'read');
  expect(read(100_000).packetsOverTime.counts).toHaveLength(100_000);
  expect(() => read(100_001)).toThrow('is not a column of slices');
  expect(() => dnsCheck({ ...parts.dns, generators: many(100_001, 0) }, 'dns')).toThrow('a list of at most 100000');
});

describe('what could not be opened again', () => {
  const written = (change: object, facts: Partial<SavedFacts> = {}): Uint8Array => {
    const read = { ...parts.read, ...change };
    return savedBytes(new Analysis({ ...parts, read }), facts);
  };
  const captures = (count: number, more: object = {}) => ({ captures: many(count, { ...capture, ...more }) });

  it('is not saved either: too many captures or digests', () => {
    const words =
      'it is not saved, for it could not be opened again: it is of 100001 captures, and 100000 are the most';
    expect(() => written(captures(100_001))).toThrow(words);
    expect(() => written({}, { digests: many(100_001, { file: 'a', sha256: 'b' }) as SavedDigest[] })).toThrow(words);
  });

  it('is not saved either: more than a head may have of bytes or values', () => {
    const longNames = captures(65, { file: 'x'.repeat(1 << 20) });
    expect(() => written(longNames)).toThrow(/could not be opened again: its head would be of 68\d{6} bytes/);
    const warning = { kind: 'x', offset: null, message: '' };
    expect(() => written(captures(55, { warnings: many(10_000, warning) }))).toThrow(
      /could not be opened again: its head has 2\d{6} values/,
    );
  });

  it('is not saved either: more texts than a file may have', () => {
    expect(() => [...packed([['a', 'b'], ['c']], 2)]).toThrow('it has 3 texts, and 2 are the most');
    expect([...packed([['a', 'b'], ['c']], 3)].length).toBeGreaterThan(2);
  });

  it('is known before anything is packed, and no address is a text for it', () => {
    const spy = vi.spyOn(AddressList.prototype, 'text');
    const addresses = AddressList.of(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    const columns = { addresses, others: new Float64Array(1000) };
    expect(() => packed(columns, 2).next()).toThrow('it has 3 texts, and 2 are the most');
    expect(() => packed(columns, 3, 7999).next()).toThrow('it would be of 8000 bytes before it is packed');
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
    expect(Buffer.concat([...packed(columns, 3, 8000)]).toString('latin1')).toContain('10.0.0.110.0.0.210.0.0.3');
  });

  it('is not saved either: what is more than a file may be', () => {
    const file = (most: number) => [...savedFile('magic', { column: new Float64Array(1000) }, () => most)];
    const bytes = Buffer.concat(file(Number.POSITIVE_INFINITY)).length;
    expect(bytes).toBeLessThan(1000);
    expect(() => file(8000)).toThrow(/it would be of 8\d{3} bytes before it is packed, and 8000 are the most/);
  });
});

it('texts are of a megabyte at most, and of so many where they come in pieces', () => {
  const piece = 'x'.repeat(1 << 20);
  expect(text(piece, 'at')).toBe(piece);
  expect(() => text(`${piece}x`, 'at')).toThrow('at is not a text');
  expect(() => longText([...many(256, piece), 'x'], 'at')).toThrow('at is not a text');
});

it('texts are a list, whatever stands in their place', () => {
  for (const other of [undefined, null, 5, 'a', {}, { 0: 'a', length: 1 }])
    expect(() => texts(other, 'names')).toThrow(/^names is not a list of texts: the file is damaged/);
});

it('what would pack to less than may be opened is packed less', async () => {
  const column = new Uint8Array(5 << 20);
  const most = (packedBytes: number): number => (1 << 20) + 8 * packedBytes;
  const bytes = Buffer.concat([...savedFile('magic', { column }, most)]);
  expect(column.length).toBeLessThanOrEqual(most(bytes.length));
  expect(bytes.length).toBeLessThan(column.length / 2);
  const opened = await openSavedFile(bufferSource(bytes), 'magic', (value) => value['column']);
  expect(Buffer.from(opened as Uint8Array).equals(column)).toBe(true);
});

it('a table is not made of its length alone', () => {
  const like = { wide: new Float64Array(0), narrow: new Uint8Array(0) };
  const table = (columns: object) => columnsLike(like, () => ({ length: 3 }))(columns, 'rows');
  const wide = Float64Array.of(1, 2, 3);
  expect(table({ wide })).toEqual({ wide, narrow: new Uint8Array(3) });
  for (const columns of [{}, { narrow: new Uint8Array(3) }])
    expect(() => table(columns)).toThrow('rows is not a table that has most of its columns');
});

it('files unpack to 2 GB at most, and to 8 bytes a byte and 64 MB', async () => {
  const nothing = { read: async () => new Uint8Array(0), close: async () => {} };
  const taken = (packedBytes: number | null, bytes: number) => new SavedBytes(nothing, packedBytes).take(bytes);
  await expect(taken(null, 2 ** 31)).rejects.toThrow('ends too early');
  await expect(taken(null, 2 ** 31 + 1)).rejects.toThrow('it holds more than 2147483648 bytes');
  await expect(taken(10, 2 ** 26 + 80)).rejects.toThrow('ends too early');
  await expect(taken(10, 2 ** 26 + 81)).rejects.toThrow('it holds more than');
});

it('columns that together are more than a file may unpack to are refused before one is read', async () => {
  for (const columns of [2, 8]) {
    const head = JSON.stringify({
      columns: Array.from({ length: columns }, () => ['f64', 2 ** 33 / 8 / columns]),
      value: 0,
    });
    const begins = size(head.length);
    const begin = Buffer.concat([begins, new TextEncoder().encode(head)]);
    let given = 0;
    const read = async (space: Uint8Array<ArrayBuffer>) => {
      const bytes = space.subarray(0, Math.max(0, begin.length - given) || space.length);
      bytes.set(begin.subarray(given, given + bytes.length));
      given += bytes.length;
      return bytes;
    };
    const opening = unpacked(new SavedBytes({ read, close: async () => {} }, null));
    await expect(opening).rejects.toThrow('it holds more than 2147483648 bytes');
    expect(given).toBe(begin.length);
  }
});

it('texts are counted over all columns', async () => {
  const head = JSON.stringify({ columns: Array.from({ length: 20 }, () => ['texts', 1 << 19]), value: 0 });
  const begins = size(head.length);
  const source = bufferSource(new Uint8Array(Buffer.concat([begins, new TextEncoder().encode(head)])));
  await expect(unpacked(new SavedBytes(source.open(), null))).rejects.toThrow(
    'its columns claim 10485760 texts, and 8388608 are the most',
  );
});

it('the data of a file takes its columns where they belong, under whatever name', async () => {
  const value = '{"a":[{"$":0},1,{"b":{"$":1}}],"__proto__":{"$":0},"c":{"$":7}}';
  const head = `{"columns":[["u8",2],["texts",1]],"value":${value}}`;
  const bytes = [size(head.length), new TextEncoder().encode(head), Uint8Array.of(1, 2), size(1), Uint8Array.of(120)];
  const source = bufferSource(new Uint8Array(Buffer.concat(bytes)));
  const read = (await unpacked(new SavedBytes(source.open(), null))) as Record<string, unknown>;
  expect(read['a']).toEqual([Uint8Array.of(1, 2), 1, { b: ['x'] }]);
  expect(Object.entries(read).map(([name, part]) => [name, part instanceof Uint8Array])).toEqual([
    ['a', false],
    ['__proto__', true],
    ['c', false],
  ]);
});

function size(bytes: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(bytes).buffer);
}
