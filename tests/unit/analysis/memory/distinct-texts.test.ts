import { describe, expect, it } from 'vitest';
import { DistinctTexts } from '../../../../src/analysis/memory/distinct-texts.ts';

describe('distinct texts', () => {
  it('are held up to a limit; later ones count as the first and are counted', () => {
    const texts = new DistinctTexts('');
    texts.most = 4;
    const numbers = ['a', 'b', 'c', 'd', 'e', 'a', ''].map((text) => texts.numberOf(text));
    expect(numbers).toEqual([1, 2, 3, 0, 0, 1, 0]);
    expect([texts.texts, texts.leftOut]).toEqual([['', 'a', 'b', 'c'], 2]);
  });
});
