import { expect, it } from 'vitest';
import { poolOf, textsOf } from '../../../../src/analysis/memory/text-pool.ts';

it('the texts of a pool are made once, however many read them', () => {
  const texts = ['10.0.0.1', '', 'a.example'];
  const [pool, other] = [poolOf(texts), poolOf(texts)];
  expect(textsOf(pool)).toEqual(texts);
  expect(textsOf(pool)).toBe(textsOf(pool));
  expect(textsOf(other)).not.toBe(textsOf(pool));
  expect(textsOf(poolOf([]))).toEqual([]);
});
