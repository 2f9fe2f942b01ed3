import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreNotebookCorrected } from '../../src/analysis/scores/notebook-corrected.ts';
import { createNotebookColumns, NOTEBOOK_COLUMNS } from '../../src/analysis/scores/notebook.ts';
import { rhythmEvents } from '../../src/analysis/scores/rhythm-events.ts';
import { rhythmSentence } from '../../src/analysis/scores/rhythm-sentence.ts';
import { MOST_EVENTS } from '../../src/analysis/scores/rhythm-scratch.ts';
import type { Rhythm } from '../../src/analysis/scores/rhythm.ts';
import { scoreRhythm } from '../../src/analysis/scores/rhythm.ts';
import { ritaWindow, scoreRita } from '../../src/analysis/scores/rita.ts';
import type { Unscored } from '../../src/analysis/scores/unscored.ts';

/** What the scores make of flows as they come: time in milliseconds, bytes sent. */
function scoreFlows(flows: readonly (readonly [startMs: number, bytes: number])[]): {
  rhythm: Rhythm | Unscored;
  rita: ReturnType<typeof scoreRita>;
  corrected: number[];
} {
  const sorted = flows.toSorted((a, b) => a[0] - b[0]);
  const starts = Float64Array.from(sorted, ([startMs]) => startMs);
  const bytes = Float64Array.from(sorted, ([, sent]) => sent);
  const scratch = new Float64Array(starts.length);
  const corrected = createNotebookColumns(1);
  scoreNotebookCorrected(starts, bytes, corrected, 0, scratch);
  return {
    rhythm: scoreRhythm(starts),
    rita: scoreRita(starts, bytes, ritaWindow(starts[0] ?? 0, starts.at(-1) ?? 0), scratch),
    corrected: NOTEBOOK_COLUMNS.map((column) => corrected[column][0]),
  };
}

const DAY_MS = 86_400_000;
/** Gaps from nothing to days: bursts, clocks with jitter, and chance. */
const gapMs = fc.oneof(
  fc.constantFrom(0, 1, 100, 60_000, 60_000, 120_000, 3_600_000),
  fc.integer({ min: 50_000, max: 70_000 }),
  fc.integer({ min: 0, max: 2000 }),
  fc.integer({ min: 0, max: 3 * DAY_MS }),
);
const flows = fc
  .tuple(
    fc.integer({ min: 0, max: 2 ** 41 }),
    fc.array(fc.tuple(gapMs, fc.integer({ min: 0, max: 2 ** 40 })), { maxLength: 80 }),
  )
  .map(([firstMs, gaps]) => {
    let now = firstMs;
    return gaps.map(([gap, bytes]) => [(now += gap), bytes] as const);
  });

describe('the scores', () => {
  it('do not depend on the order of flows', () => {
    const shuffled = flows.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length, maxLength: some.length })),
    );
    fc.assert(
      fc.property(shuffled, ([some, other]) => {
        expect(scoreFlows(other)).toEqual(scoreFlows(some));
      }),
    );
  });

  it('do not change when all flows come later by whole milliseconds, or seconds for RITA', () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 0, max: 2 ** 38 }), (some, shiftMs) => {
        const before = scoreFlows(some);
        const later = scoreFlows(some.map(([startMs, bytes]) => [startMs + shiftMs, bytes] as const));
        expect(later.corrected).toEqual(before.corrected);
        if (before.rhythm.score === null || later.rhythm.score === null) {
          expect(later.rhythm).toEqual(before.rhythm);
        } else {
          expect(later.rhythm).toEqual({
            ...before.rhythm,
            firstMs: before.rhythm.firstMs + shiftMs,
            lastMs: before.rhythm.lastMs + shiftMs,
          });
        }
        // A whole number of hours, as RITA's window begins at one.
        const hours = scoreFlows(
          some.map(([startMs, bytes]) => [startMs + Math.floor(shiftMs / 3_600_000) * 3_600_000, bytes] as const),
        );
        expect(hours.rita).toEqual(before.rita);
      }),
    );
  });

  it('are finite and within bounds, or null with a reason', () => {
    const wild = fc.array(
      fc.tuple(
        fc.oneof(fc.double({ min: 0, max: 2 ** 53, noNaN: true }), fc.integer({ min: 0, max: 10_000 })),
        fc.double({ min: 0, max: 1e15, noNaN: true }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(fc.oneof(flows, wild), (some) => {
        const { rhythm, rita, corrected } = scoreFlows(some);
        expect(rhythmSentence(rhythm)).not.toMatch(/NaN|Infinity|undefined/);
        if (rhythm.score === null) {
          expect(rhythm.reason).not.toBe('');
        } else {
          for (const value of [rhythm.strength, rhythm.evidence, rhythm.explainedShare, rhythm.singleShare]) {
            expect(Number.isFinite(value)).toBe(true);
          }
          expect(rhythm.score).toBeGreaterThanOrEqual(0);
          expect(rhythm.score).toBeLessThanOrEqual(1);
          expect(rhythm.explainedShare).toBeLessThanOrEqual(1 + 1e-12);
          expect(rhythm.present + rhythm.silences + rhythm.extra).toBe(rhythm.events);
          expect(rhythm.expected).toBeGreaterThanOrEqual(rhythm.present);
        }
        if (rita.score === null) {
          expect(rita.reason).not.toBe('');
        } else {
          for (const value of [
            rita.score,
            rita.times.score,
            rita.sizes.score,
            rita.duration.score,
            rita.histogram.score,
          ]) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
        }
        expect(corrected.every(Number.isFinite) || corrected.every(Number.isNaN)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('rhythm', () => {
  it('finds no more evidence the more check-ins of a clock are missed', () => {
    const clock = fc.tuple(
      fc.integer({ min: 5000, max: 3_600_000 }),
      fc.integer({ min: 30, max: 120 }),
      fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(clock, ([intervalMs, count, places]) => {
        let left = Array.from({ length: count }, (_, index) => index * intervalMs);
        let before = Number.POSITIVE_INFINITY;
        for (const place of [0, ...places]) {
          // The first and the last stay, so that the span does.
          if (place > 0) left = left.toSpliced(1 + Math.floor(place * (left.length - 2)), 1);
          const { evidence } = scoreRhythm(Float64Array.from(left)) as Rhythm;
          expect(evidence).toBeLessThanOrEqual(before + 1e-9);
          before = evidence;
        }
      }),
    );
  });

  it('puts every event into one place', () => {
    fc.assert(
      fc.property(flows, (some) => {
        const starts = Float64Array.from(some, ([startMs]) => startMs).subarray(0, MOST_EVENTS);
        const rhythm = scoreRhythm(starts);
        if (rhythm.score === null) return;
        const { checkInsMs, missedMs, extraMs, silencesMs } = rhythmEvents(starts, rhythm);
        expect(Float64Array.from([...checkInsMs, ...extraMs]).sort()).toEqual(starts);
        expect(extraMs).toHaveLength(rhythm.extra);
        expect(missedMs).toHaveLength(rhythm.expected - rhythm.present);
        expect(silencesMs).toHaveLength(2 * rhythm.silences);
      }),
    );
  });
});
