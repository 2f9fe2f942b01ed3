import { columnNames } from '../../../../src/analysis/memory/schema.ts';
import { describe, expect, it } from 'vitest';
import { createRhythmColumns, RHYTHM_SCHEMA, writeRhythm } from '../../../../src/analysis/scores/rhythm-columns.ts';
import { rhythmEvents } from '../../../../src/analysis/scores/rhythm-events.ts';
import { createRhythmScratch, MOST_EVENTS } from '../../../../src/analysis/scores/rhythm-scratch.ts';
import type { Rhythm } from '../../../../src/analysis/scores/rhythm.ts';
import { scoreRhythm } from '../../../../src/analysis/scores/rhythm.ts';

const START_MS = 1_700_000_000_000;
const TOO_FEW = { score: null, reason: 'fewer than 5 separate visits' };

/** A check-in every minute from the start on, at these minutes. */
const atMinutes = (...minutes: number[]): Float64Array =>
  Float64Array.from(minutes, (minute) => START_MS + minute * 60_000).sort();
const everyMinute = (count: number): number[] => Array.from({ length: count }, (_, minute) => minute);

describe('rhythm', () => {
  it.each([
    ['no flows', []],
    ['four flows', [0, 1, 2, 3]],
    ['flows of one moment', [1, 1, 1, 1, 1, 1, 1]],
    ['four visits of several flows', [0, 0, 1, 1, 2, 2, 3, 3]],
  ])('does not apply to %s', (_, minutes) => {
    expect(scoreRhythm(atMinutes(...minutes))).toEqual(TOO_FEW);
  });

  it('finds a clock', () => {
    const rhythm = scoreRhythm(atMinutes(...everyMinute(60))) as Rhythm;
    expect(rhythm.score).toBeGreaterThan(0.98);
    expect(rhythm).toMatchObject({
      scaleS: 0.1,
      scales: 1,
      gaps: 59,
      counts: [59, 0, 0],
      explainedShare: 1,
      singleShare: 1,
      intervalS: 60,
      meanS: 60,
      intervalErrorS: 0,
      lowS: 60,
      highS: 60,
      jitter: 0,
      present: 60,
      expected: 60,
      silences: 0,
      extra: 0,
      events: 60,
      firstMs: START_MS,
      lastMs: START_MS + 59 * 60_000,
    });
    expect(rhythm.bandsS.map(([low, high]) => low < high)).toEqual([true, true, true]);
  });

  it('tells missed check-ins, silences and bursts apart', () => {
    const minutes = everyMinute(60).filter(
      (minute) => minute !== 7 && minute !== 20 && minute !== 21 && (minute < 40 || minute > 49),
    );
    const starts = atMinutes(...minutes, 30.01, 30.02);
    const rhythm = scoreRhythm(starts) as Rhythm;
    expect(rhythm).toMatchObject({ intervalS: 60, present: 46, expected: 49, silences: 1, extra: 2 });
    const events = rhythmEvents(starts, rhythm);
    expect(events.missedMs).toEqual(atMinutes(7, 20, 21));
    expect(events.extraMs).toEqual(atMinutes(30.01, 30.02));
    expect(events.silencesMs).toEqual(atMinutes(39, 50));
    expect(events.checkInsMs).toEqual(atMinutes(...minutes));
  });

  it('looks at the first starts only', () => {
    const rhythm = scoreRhythm(atMinutes(...everyMinute(MOST_EVENTS + 500))) as Rhythm;
    expect(rhythm).toMatchObject({ events: MOST_EVENTS, present: MOST_EVENTS, extra: 0 });
    expect(rhythm.lastMs).toBe(START_MS + (MOST_EVENTS - 1) * 60_000);
  });

  it('gives the same with working memory that others have used', () => {
    const scratch = createRhythmScratch();
    const starts = atMinutes(...everyMinute(30));
    const expected = scoreRhythm(starts);
    scoreRhythm(atMinutes(0, 1.3, 5, 5.1, 5.2, 8, 30, 31.7, 90), scratch);
    expect(scoreRhythm(starts, scratch)).toEqual(expected);
  });

  it('fills a row of columns, and leaves it without a value where it does not apply', () => {
    const columns = createRhythmColumns(2);
    const rhythm = scoreRhythm(atMinutes(...everyMinute(12))) as Rhythm;
    writeRhythm(rhythm, columns, 1);
    writeRhythm(scoreRhythm(atMinutes(0, 1)), columns, 0);
    for (const column of columnNames(RHYTHM_SCHEMA)) expect([...columns[column]]).toEqual([Number.NaN, rhythm[column]]);
  });
});
