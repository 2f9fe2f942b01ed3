import { describe, expect, it } from 'vitest';
import { DistinctTexts } from '../../../../src/analysis/memory/distinct-texts.ts';
import { memoryHeld } from '../../memory-held.ts';

describe('distinct texts', () => {
  it('are held up to a limit; later ones count as the first and are counted', () => {
    const texts = new DistinctTexts('');
    texts.most = 4;
    const numbers = ['a', 'b', 'c', 'd', 'e', 'a', ''].map((text) => texts.numberOf(text));
    expect(numbers).toEqual([1, 2, 3, 0, 0, 1, 0]);
    expect([texts.texts, texts.leftOut]).toEqual([['', 'a', 'b', 'c'], 2]);
  });

  it('are fewer by far than a map has room for, where nobody sets a limit', () => {
    expect(new DistinctTexts('').most).toBeLessThanOrEqual(2 ** 24 / 8);
  });

  it('let go of the lines that they were a piece of', () => {
    const held = (): number => {
      const { heapUsed, external } = memoryHeld();
      return heapUsed + external;
    };
    const texts = new DistinctTexts('');
    const before = held();
    for (let line = 0; line < 100; line++)
      texts.numberOf(Buffer.alloc(1e6, `a cell of line ${line},`).toString('latin1').slice(0, 20));
    expect(held() - before).toBeLessThan(20e6);
    expect(texts.texts).toHaveLength(101);
  });
});
