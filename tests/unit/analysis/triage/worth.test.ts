import { expect, it } from 'vitest';
import { LISTED_POINTS, leastListed } from '../../../../src/analysis/triage/worth.ts';

const points = (...counts: number[]): Uint32Array =>
  Uint32Array.of(...Array<number>(LISTED_POINTS).fill(0), ...counts, 0);

it('of connections that are listed for their points alone 5,000 are, those of most points, and the rest is counted', () => {
  expect(leastListed(points(4000, 1000))).toEqual({ least: LISTED_POINTS, leftOut: 0 });
  expect(leastListed(points(4000, 1000, 1))).toEqual({ least: LISTED_POINTS + 1, leftOut: 4000 });
  expect(leastListed(points(1, 1, 5001))).toEqual({ least: LISTED_POINTS + 3, leftOut: 5003 });
});
