import { describe, expect, it } from 'vitest';
import { clockTicks, durationTicks, logDurationTicks, numberTicks } from '../../../../src/views/charts/ticks.ts';
import { dateDetailOf, exactTime, formatTime, spokenTime } from '../../../../src/views/text/timestamps.ts';

const MORNING = Date.UTC(2024, 2, 5, 10, 2, 11, 250);
const HOUR = 3_600_000;

describe('timestamps', () => {
  it('say only as much of the date as the span needs', () => {
    expect(dateDetailOf(MORNING, MORNING + 4 * HOUR, 'utc')).toBe('time');
    expect(dateDetailOf(MORNING, MORNING + 20 * HOUR, 'utc')).toBe('day');
    expect(dateDetailOf(MORNING, MORNING + 9000 * HOUR, 'utc')).toBe('year');
    expect(formatTime(MORNING, 'utc', 'time')).toBe('10:02:11');
    expect(formatTime(MORNING, 'utc', 'day')).toBe('03-05 10:02:11');
    expect(formatTime(MORNING, 'utc', 'year')).toBe('2024-03-05 10:02:11');
    expect(exactTime(MORNING, 'utc')).toBe('2024-03-05 10:02:11.250 UTC');
    expect(spokenTime(MORNING, 'utc', 'time')).toBe('10:02 UTC');
  });

  it('shift local times by the zone', () => {
    const local = new Date(MORNING);
    expect(formatTime(MORNING, 'local', 'time')).toBe(local.toTimeString().slice(0, 8));
    expect(exactTime(MORNING, 'local')).toMatch(/\.250 local$/);
  });

  it('survive instants that no calendar holds', () => {
    expect(exactTime(1e18, 'utc')).toBe('????-??-?? ??:??:??.??? UTC');
    expect(exactTime(8e15, 'utc')).toMatch(/^\+255479-/);
  });
});

describe('ticks', () => {
  it('of durations are round and exact', () => {
    expect(durationTicks(48_000, 60_000, 7)).toEqual(
      [48, 50, 52, 54, 56, 58, 60].map((s) => ({ value: s * 1000, label: `${s} s` })),
    );
    expect(durationTicks(50_100, 51_900, 4).map(({ label }) => label)).toEqual(['50.5 s', '51.0 s', '51.5 s']);
  });

  it('of logarithmic axes are decades people know, or finer steps where the axis is short', () => {
    expect(logDurationTicks(0.9, 70_000).map(({ label }) => label)).toEqual([
      '1 ms',
      '10 ms',
      '100 ms',
      '1 s',
      '10 s',
      '1 min',
    ]);
    expect(logDurationTicks(66_800, 1_060_000).map(({ label }) => label)).toEqual([
      '2 min',
      '5 min',
      '10 min',
      '15 min',
    ]);
    expect(logDurationTicks(2.5e8, 1e11).map(({ label }) => label)).toEqual(['4 d', '40 d', '400 d']);
  });

  it('of clocks fall on whole steps of the zone', () => {
    expect(clockTicks(MORNING, MORNING + 4 * HOUR, 'utc', 5)).toEqual(
      [11, 12, 13, 14].map((hour) => Date.UTC(2024, 2, 5, hour)),
    );
    expect(
      clockTicks(MORNING, MORNING + 4 * HOUR, 'local', 5).map((tick) => formatTime(tick, 'local', 'time').slice(3)),
    ).toEqual(Array(4).fill('00:00'));
  });

  it('of numbers are whole and few', () => {
    expect(numberTicks(900, 2950, 6).map(({ value }) => value)).toEqual([1000, 1500, 2000, 2500]);
    expect(numberTicks(66, 67, 6).map(({ value }) => value)).toEqual([66, 67]);
    expect(numberTicks(5, 5, 6).map(({ value }) => value)).toEqual([5]);
  });
});
