import type { TimeZone } from '../state/view.ts';
import { formatRatio, formatStep } from './durations.ts';
import { formatCount } from './format.ts';
import { zoneOffsetMs } from './timestamps.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps people count time in, in milliseconds. */
const TIME_STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE,
  2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY,
  2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 90 * DAY, 365 * DAY,
];

/** Marks of a logarithmic axis of durations. */
const LOG_MARKS: readonly Tick[] = [
  { value: 1, label: '1 ms' }, { value: 10, label: '10 ms' }, { value: 100, label: '100 ms' },
  { value: SECOND, label: '1 s' }, { value: 10 * SECOND, label: '10 s' }, { value: MINUTE, label: '1 min' },
  { value: 10 * MINUTE, label: '10 min' }, { value: HOUR, label: '1 h' }, { value: 10 * HOUR, label: '10 h' },
  { value: 4 * DAY, label: '4 d' }, { value: 40 * DAY, label: '40 d' }, { value: 400 * DAY, label: '400 d' },
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

/** The marks of a logarithmic axis within the bounds (milliseconds); the bounds themselves when fewer than two fall between. */
export function logDurationTicks(fromMs: number, toMs: number): Tick[] {
  const within = LOG_MARKS.filter(({ value }) => value >= fromMs && value <= toMs);
  return within.length > 1 ? within : [fromMs, toMs].map((value) => ({ value, label: formatRatio(value) }));
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
