import { describe, expect, it } from 'vitest';
import { unpackPage } from '../../../../../src/analysis/flow-logs/parquet/codecs.ts';
import { checkDeltas, checkRuns } from '../../../../../src/analysis/flow-logs/parquet/runs.ts';
import { ThriftWalk } from '../../../../../src/analysis/flow-logs/parquet/thrift.ts';

const bytes = (...parts: (number | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Uint8Array.of(part) : part)));
/** A number of seven bits a byte that is written in so many bytes. */
const numberIn = (value: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (Math.floor(value / 128 ** at) % 128) | (at + 1 < length ? 128 : 0));

describe('numbers of pages', () => {
  it('have ten bytes at most', () => {
    const runs = (length: number): number => checkRuns(bytes(numberIn(2, length), 0), 0, length + 1, 1, 1);
    expect(() => runs(10)).not.toThrow();
    expect(() => runs(11)).toThrow('a number without end');
  });

  it('differ in at most 512 parts of a block', () => {
    const deltas = (parts: number): number => {
      const head = bytes(numberIn(32 * parts, 4), numberIn(parts, 4), 1, 0);
      return checkDeltas(head, 0, head.length, 1);
    };
    expect(deltas(512)).toBe(10);
    expect(() => deltas(513)).toThrow('in 513 parts');
  });
});

describe('structs of headers', () => {
  const STRUCTS = 0x1c;
  const LISTS = 0x19;
  const walk = (...parts: (number | Uint8Array)[]): void => new ThriftWalk(bytes(...parts), 0).struct();

  it('lie in each other 32 deep at most, and so do lists', () => {
    const nested = (depth: number): void => walk(new Uint8Array(depth).fill(STRUCTS), new Uint8Array(depth + 1));
    expect(() => nested(32)).not.toThrow();
    expect(() => nested(33)).toThrow('structs within structs');
    const lists = (depth: number): void => walk(new Uint8Array(depth).fill(LISTS), 0x03, 0);
    expect(() => lists(33)).not.toThrow();
    expect(() => lists(34)).toThrow('lists within lists');
  });

  it('hold so many values at most', () => {
    const list = (count: number): void => walk(LISTS, 0xf3, numberIn(count, 4), new Uint8Array(count), 0);
    expect(() => list((1 << 22) - 1)).not.toThrow();
    expect(() => list(1 << 22)).toThrow('more than 4194304 values');
  });
});

describe('pages', () => {
  it.each(['GZIP', 'ZSTD', 'SNAPPY', 'UNCOMPRESSED'])('of %s claim no more than pages have', (codec) => {
    expect(() => unpackPage(codec, new Uint8Array(1 << 23), 2 ** 27 + 1)).toThrow('claims 134217729 bytes');
  });

  it.each([
    ['GZIP', 1040],
    ['ZSTD', 65_536],
    ['SNAPPY', 32],
  ])('of %s claim no more than their bytes can become', (codec, most) => {
    const packed = new Uint8Array(8);
    expect(() => unpackPage(codec, packed, most * 8 + 1)).toThrow(`claims ${most * 8 + 1} bytes of 8`);
    expect(() => unpackPage(codec, packed, most * 8)).not.toThrow(/of 8$/);
  });
});
