import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findBand, placeBand } from '../../src/analysis/scores/rhythm-bands.ts';
import { fitNull } from '../../src/analysis/scores/rhythm-null.ts';
import { visitGaps } from '../../src/analysis/scores/rhythm-scales.ts';
import { createRhythmScratch, type RhythmScratch } from '../../src/analysis/scores/rhythm-scratch.ts';

const LEAST_SINGLE_SHARE = 0.45;

/** The evidence of every band in turn, in the words of its definition, and the first that has most. */
function plainSearch(gaps: Float64Array, bands: number, scratch: RhythmScratch): { band: number; logRatio: number } {
  const { bounds, densitySums } = scratch;
  const best = { band: 0, logRatio: Number.NEGATIVE_INFINITY };
  for (let band = 0; band < bands; band++) {
    placeBand(gaps, band, scratch);
    const held = new Set<number>();
    const counts = [0, 1, 2].map((index) => {
      const inside = [...gaps.keys()].filter(
        (gap) => gaps[gap] >= bounds[2 * index] && gaps[gap] <= bounds[2 * index + 1],
      );
      for (const gap of inside) held.add(gap);
      return inside;
    });
    const all = counts.reduce((sum, inside) => sum + inside.length, 0);
    if (counts[0].length < LEAST_SINGLE_SHARE * all) continue;
    const outside = gaps.length - held.size;
    let logRatio = outside === 0 ? 0 : outside * Math.log(outside / gaps.length);
    counts.forEach((inside, index) => {
      if (inside.length === 0) return;
      logRatio +=
        inside.length * (Math.log(inside.length / gaps.length) - Math.log(bounds[2 * index + 1] - bounds[2 * index]));
      for (const gap of inside) logRatio -= densitySums[gap + 1] - densitySums[gap];
    });
    if (logRatio > best.logRatio + 1e-9) Object.assign(best, { band, logRatio });
  }
  return best;
}

/** Gaps in milliseconds between visits at the scale of 0.1 s: a clock with jitter and missed check-ins among others. */
const gapsMs = fc
  .tuple(fc.integer({ min: 500, max: 600_000 }), fc.integer({ min: 0, max: 90 }))
  .chain(([intervalMs, jitter]) =>
    fc.array(
      fc.oneof(
        fc.integer({
          min: Math.ceil(intervalMs * (1 - jitter / 100)) + 101,
          max: Math.ceil(intervalMs * (1 + jitter / 100)) + 101,
        }),
        fc.constantFrom(intervalMs + 101, 2 * intervalMs, 3 * intervalMs + 1),
        fc.integer({ min: 101, max: 2000 }),
        fc.integer({ min: 101, max: 4_000_000 }),
      ),
      { minLength: 4, maxLength: 70 },
    ),
  );

it('no band is left out that would have been the best', () => {
  const scratch = createRhythmScratch();
  fc.assert(
    fc.property(gapsMs, (some) => {
      let now = 0;
      const starts = Float64Array.from([0, ...some.map((gap) => (now += gap))]);
      const gaps = visitGaps(starts, 0.1, scratch);
      fitNull(gaps, 0.1, scratch);
      scratch.centres.fill(Number.NaN);
      const found = findBand(gaps, scratch)!;
      const listed = scratch.centres.findIndex(Number.isNaN);
      const expected = plainSearch(gaps, listed === -1 ? scratch.centres.length : listed, scratch);
      expect(found.logRatio).toBeCloseTo(expected.logRatio, 7);
      expect([scratch.centres[found.band], scratch.widths[found.band]]).toEqual([
        scratch.centres[expected.band],
        scratch.widths[expected.band],
      ]);
      expect(findBand(gaps, scratch, found.logRatio - 1e-9)).toEqual(found);
      expect(findBand(gaps, scratch, found.logRatio)).toBeNull();
    }),
    { numRuns: 300 },
  );
});
