import { countText } from './count-text.ts';

/** What stands where there is no duration. */
const NO_DURATION = '–';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A unit that durations are said in. */
interface Unit {
  name: string;
  /** Its length, milliseconds. */
  ms: number;
  /** The least duration that is said in it: "80 s" says more than "1.3 min". */
  from: number;
}

/** All units, the longest first. */
const UNITS: readonly Unit[] = [
  { name: 'd', ms: DAY, from: 2 * DAY },
  { name: 'h', ms: HOUR, from: 1.5 * HOUR },
  { name: 'min', ms: MINUTE, from: 1.5 * MINUTE },
  { name: 's', ms: SECOND, from: SECOND },
  { name: 'ms', ms: 1, from: 0 },
];
const SHORTEST = UNITS[UNITS.length - 1];

/** Below this many of it, as shown, a sentence keeps the smaller unit: "90 s", "90.0 min". */
const MOST_IN_SENTENCE = 120;

/** A duration in milliseconds as people say it: "54 s", "5.0 min", "1.8 h". */
export function formatDuration(ms: number): string {
  if (Number.isNaN(ms)) return NO_DURATION;
  // What is rounded to a second is one.
  const { name, ms: length } = ms >= 999.5 ? unitOf(Math.max(ms, SECOND)) : SHORTEST;
  return `${name === 'ms' ? Math.round(ms) : shortNumber(ms / length)} ${name}`;
}

/**
 * A duration in milliseconds to three digits at most, for plain text: "240 ms", "54 s", "5.02 min"; "-" for none (NaN).
 */
export function plainDuration(ms: number): string {
  if (Number.isNaN(ms)) return '-';
  const { name, ms: length } = unitOf(ms);
  const value = ms / length;
  return `${value < 1000 ? Number(value.toPrecision(3)) : Math.round(value)} ${name}`;
}

/**
 * The length of a capture, in two units: "4 h 02 min", "12 min 05 s", "3 d 4 h"; below a minute as `formatDuration`.
 */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / SECOND);
  if (seconds < 60) return formatDuration(ms);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
  const hours = Math.round(ms / HOUR);
  return `${countText(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/**
 * A duration that is a multiple of `step` (both milliseconds), with as many digits as tell it from its neighbours:
 * 48,500 in steps of 500 is "48.5 s", 6,000,000 in steps of 600,000 is "100 min".
 */
export function formatStep(ms: number, step: number): string {
  for (const { name, ms: length, from } of UNITS) {
    if (length === 1) break;
    const decimals = decimalsOf(step / length);
    if (ms >= from && decimals !== null) return `${(ms / length).toFixed(decimals)} ${name}`;
  }
  return `${ms.toFixed(decimalsOf(step) ?? 2)} ms`;
}

/** A duration in milliseconds with three digits, for edges that no round step makes: "49.0 s", "1.26 min". */
export function formatRatio(ms: number): string {
  const { name, ms: length } = unitOf(ms);
  const value = ms / length;
  return `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)} ${name}`;
}

/** A duration cut to a whole number of what people count it in: "45 s", "7 min", "4 h". */
export function cutDuration(ms: number): string {
  const { name, ms: length } = UNITS.find((unit) => unit.ms > 1 && ms >= 2 * unit.ms) ?? UNITS[UNITS.length - 2];
  return `${Math.floor(ms / length)} ${name}`;
}

/** A duration that is whole in its largest unit, as marks of an axis are: "15 min". */
export function wholeDuration(ms: number): string {
  const { name, ms: length } = UNITS.find((unit) => ms >= unit.ms) ?? SHORTEST;
  return `${ms / length} ${name}`;
}

/** An interval in seconds as a sentence says it: "54 s", "2.1 min", "58.2 min", "25.0 h". */
export function intervalWords(seconds: number, minuteDecimals = 1): string {
  if (Math.round(seconds) < MOST_IN_SENTENCE) return `${Math.round(seconds)} s`;
  const minutes = (seconds / 60).toFixed(minuteDecimals);
  return Number(minutes) < MOST_IN_SENTENCE ? `${minutes} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** The same with a decimal where there are few seconds: "3.6 s", "20 s", "2.0 min". */
export function paceWords(seconds: number): string {
  return seconds < 9.95 ? `${seconds.toFixed(1)} s` : intervalWords(seconds);
}

/** How long something lasted, seconds: "104 s", "29 min", "5.2 h". */
export function spanWords(seconds: number): string {
  return intervalWords(seconds, 0);
}

/**
 * Seconds to three digits, minutes and hours to four, for bounds that often differ in the last only: "53.9 s", "60.02
 * min", "25.68 h".
 */
export function boundWords(seconds: number): string {
  if (seconds < MOST_IN_SENTENCE) return `${Number(seconds.toPrecision(3))} s`;
  const minutes = seconds / 60;
  return minutes < MOST_IN_SENTENCE
    ? `${Number(minutes.toPrecision(4))} min`
    : `${Number((minutes / 60).toPrecision(4))} h`;
}

/** Whole seconds that are left, as a rough word: "54 s", "5 min". */
export function roughWords(seconds: number): string {
  return seconds * SECOND < 1.5 * MINUTE ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** One decimal below ten, none above: 9.96 is "10", not "10.0". */
export function shortNumber(value: number): string {
  return value < 9.95 ? value.toFixed(1) : countText(value);
}

function unitOf(ms: number): Unit {
  return UNITS.find(({ from }) => ms >= from) ?? SHORTEST;
}

/** Decimals that write a step exactly, null where two are not enough. */
function decimalsOf(step: number): number | null {
  return (
    [0, 1, 2].find((decimals) => {
      const scaled = step * 10 ** decimals;
      return Math.abs(scaled - Math.round(scaled)) < 1e-6 && scaled > 0.5;
    }) ?? null
  );
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
