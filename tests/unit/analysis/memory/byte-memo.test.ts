import { describe, expect, it, vi } from 'vitest';
import { ByteMemo } from '../../../../src/analysis/memory/byte-memo.ts';
import { seededRandom } from '../../../builders/random.ts';

describe('ByteMemo', () => {
  it('makes what belongs to bytes once, wherever they lie', () => {
    let made = 0;
    const memo = new ByteMemo((bytes, start, end) => ({
      text: String.fromCharCode(...bytes.subarray(start, end)),
      number: made++,
    }));
    const first = memo.get(Uint8Array.of(1, 104, 111, 115, 116, 49, 2), 1, 6);
    expect(memo.get(Uint8Array.of(104, 111, 115, 116, 49), 0, 5)).toBe(first);
    expect([first.text, made]).toEqual(['host1', 1]);
  });

  it('gives what is made of the bytes asked for, whatever came before', () => {
    const random = seededRandom(11);
    const memo = new ByteMemo((bytes, start, end) => bytes.subarray(start, end).join(' '));
    // Few different bytes and lengths: many runs are alike, or begin alike, and there are more of them than slots.
    for (let turn = 0; turn < 20_000; turn++) {
      const bytes = Uint8Array.from({ length: random.integer(0, 9) }, () => random.integer(0, 2));
      const start = random.integer(0, bytes.length);
      const end = random.integer(start, bytes.length);
      expect(memo.get(bytes, start, end)).toBe(bytes.subarray(start, end).join(' '));
    }
  });

  it('tells runs apart up to their last byte, also those too long to be remembered', () => {
    const memo = new ByteMemo((bytes, start, end) => `${end - start} to ${bytes[end - 1]}`);
    for (const length of [252, 253, 254, 255, 256, 1000]) {
      for (const last of [0, 1, 0])
        expect(memo.get(new Uint8Array(length).fill(last, length - 1), 0, length)).toBe(`${length} to ${last}`);
    }
  });

  it('looks nothing up for what came last', () => {
    const memo = new ByteMemo((bytes, start, end) => bytes.subarray(start, end).join(' '));
    const hashed = vi.spyOn(Math, 'imul');
    const bytes = new Uint8Array(200);
    memo.get(bytes, 0, 200);
    const first = hashed.mock.calls.length;
    for (let turn = 0; turn < 100; turn++) memo.get(bytes.slice(), 0, 200);
    expect([first > 50, hashed.mock.calls.length - first]).toEqual([true, 0]);
    hashed.mockRestore();
  });

  it('may be asked while it makes something', () => {
    const lengths: ByteMemo<number> = new ByteMemo((bytes, start, end) =>
      start === end ? 0 : 1 + lengths.get(bytes, start + 1, end),
    );
    const bytes = Uint8Array.of(9, 8, 7, 6, 5, 4);
    for (let start = 0; start <= 6; start++) expect(lengths.get(bytes, start, 6)).toBe(6 - start);
  });
});
