import { formatStep, wholeDuration } from '../../analysis/durations.ts';
import type { TimeZone } from '../../state/view.ts';
import { formatCount } from '../text/format.ts';
import { zoneOffsetMs } from '../text/timestamps.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps people count time in, in milliseconds. */
const TIME_STEPS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
];

/** Marks of a logarithmic axis of durations, in milliseconds: about one a decade. */
const DECADE_MARKS = [
  1,
  10,
  100,
  SECOND,
  10 * SECOND,
  MINUTE,
  10 * MINUTE,
  HOUR,
  10 * HOUR,
  4 * DAY,
  40 * DAY,
  400 * DAY,
];

/** A mark on an axis, in the axis' unit. */
export interface Tick {
  value: number;
  label: string;
}

/** About `most` evenly spaced round durations (milliseconds) within the bounds. */
export function durationTicks(fromMs: number, toMs: number, most: number): Tick[] {
  const step = timeStep(toMs - fromMs, most);
  return multiplesWithin(fromMs, toMs, step).map((value) => ({ value, label: formatStep(value, step) }));
}

/**
 * The marks of a logarithmic axis within the bounds (milliseconds): one a decade, more where that would be fewer than
 * two.
 */
export function logDurationTicks(fromMs: number, toMs: number): Tick[] {
  const within = (marks: readonly number[]) => marks.filter((mark) => mark >= fromMs && mark <= toMs);
  const decades = within(DECADE_MARKS);
  return (decades.length > 1 ? decades : within(TIME_STEPS)).map((value) => ({ value, label: wholeDuration(value) }));
}

/** About `most` round clock times (milliseconds since 1970) of a zone within the bounds. */
export function clockTicks(fromMs: number, toMs: number, zone: TimeZone, most: number): number[] {
  const offset = zoneOffsetMs(fromMs, zone);
  return multiplesWithin(fromMs + offset, toMs + offset, timeStep(toMs - fromMs, most)).map((tick) => tick - offset);
}

/** About `most` round whole numbers (1, 2 or 5 times a power of ten apart) within the bounds. */
export function numberTicks(from: number, to: number, most: number): Tick[] {
  const rough = Math.max((to - from) / most, Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  return multiplesWithin(from, to, Math.max(1, step)).map((value) => ({ value, label: formatCount(value) }));
}

function timeStep(span: number, most: number): number {
  return TIME_STEPS.find((step) => span / step <= most) ?? Math.ceil(span / most / DAY) * DAY;
}

function multiplesWithin(from: number, to: number, step: number): number[] {
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}
