import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../builders/random.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const draw = (next: () => number): number[] => Array.from({ length: 20_000 }, next);
const sequence = (seed: number): number[] => {
  const random = seededRandom(seed);
  return draw(() => random.uniform());
};

describe('seededRandom', () => {
  it('repeats for a seed and differs between seeds', () => {
    const first = sequence(7);
    expect(sequence(7)).toEqual(first);
    expect(sequence(8)).not.toEqual(first);
  });

  it('keeps to its bounds', () => {
    const random = seededRandom(1);
    const whole = draw(() => random.integer(-2, 2));
    expect(new Set(whole)).toEqual(new Set([-2, -1, 0, 1, 2]));
    expect(draw(() => random.uniform(5, 6)).every((value) => value >= 5 && value < 6)).toBe(true);
    expect(draw(() => random.exponential(1)).every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
  });

  it('has the means and spreads it promises', () => {
    const random = seededRandom(2);
    expect(mean(draw(() => random.uniform()))).toBeCloseTo(0.5, 1);
    expect(mean(draw(() => random.exponential(40)))).toBeCloseTo(40, -1);
    const normal = draw(() => random.normal(10, 3));
    expect(mean(normal)).toBeCloseTo(10, 0);
    expect(Math.sqrt(mean(normal.map((value) => (value - 10) ** 2)))).toBeCloseTo(3, 0);
    expect(mean(draw(() => Number(random.chance(0.2))))).toBeCloseTo(0.2, 1);
  });
});
