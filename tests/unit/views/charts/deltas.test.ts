import { expect, it } from 'vitest';
import { deltasOf } from '../../../../src/views/charts/deltas.ts';

it('deltas are the distances of starts', () => {
  expect([...deltasOf(Float64Array.of(5, 5, 65.5))]).toEqual([0, 60.5]);
  expect(deltasOf(new Float64Array(0))).toHaveLength(0);
});
