import type { Warning } from '../capture.ts';

/**
 * Units of numbers that count from 1970, with what a microsecond is of one, and the numbers that dates of our time
 * have.
 */
const UNITS = [
  { name: 'seconds', microseconds: 1e6, below: 1e11 },
  { name: 'milliseconds', microseconds: 1e3, below: 1e14 },
  { name: 'microseconds', microseconds: 1, below: 1e17 },
  { name: 'nanoseconds', microseconds: 1e-3, below: 1e20 },
];
export const SECONDS = 0;
export const MILLISECONDS = 1;
const NONE = -1;
const MILLISECOND = 1000;
/** 2001 in seconds. */
const LEAST_SECONDS = 1e9;

/**
 * ISO 8601 as programs write it: a blank or a T between date and time, a comma or a point before the fraction, a zone
 * with or without a colon, or none.
 */
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?\s*(?:(Z|UTC)|([+-])(\d\d):?(\d\d)?)?$/i;
/** As Kibana shows them, in the zone that it was told: "Nov 14, 2023 @ 22:13:20.123". */
const OF_KIBANA = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}) @ ([\d:]{8}(?:\.\d{1,9})?)$/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
/** A length of time in days and hours, as pandas writes it. */
const LENGTH = /^(?:(\d+) days? )?(\d{1,2}):(\d\d):(\d\d(?:\.\d+)?)$/;
const EXPONENT = /^[+-]?(\d+)(?:[.,](\d*))?e[+]?(\d+)$/i;

/**
 * Reads the times of one log. Numbers are seconds, milliseconds, micro- or nanoseconds since 1970: what they are, their
 * size tells, since the dates of our time are far apart in each. The first one of a log decides, and a later one that
 * would be another's is none: no log changes its unit.
 */
export class LogTimes {
  private unit = NONE;
  /** The unit that the column's name says. */
  private readonly named: number;
  private zoneless = 0;
  private rounded = 0;
  /** Microseconds between two times that can be told apart, at best. */
  private finest = Number.POSITIVE_INFINITY;

  /** @param named the unit that numbers are in by rule: an index into the units */
  constructor(named = SECONDS) {
    this.named = named;
  }

  /** Microseconds since 1970 of a time; NaN where the text is none, or is in another unit than those before. */
  read(text: string): number {
    const number = text === '' ? Number.NaN : Number(text);
    if (Number.isNaN(number)) return this.readIso(text);
    const unit = this.unitOf(number);
    if (unit === NONE) return Number.NaN;
    const { microseconds } = UNITS[unit];
    this.noteRounding(text, microseconds);
    return Math.round(number * microseconds);
  }

  /** Whether times were read that have no zone. */
  get hasZoneless(): boolean {
    return this.zoneless > 0;
  }

  /** What is wrong with a text that `read` made nothing of. */
  fault(text: string): string {
    if (!(Number(text) >= 0) || this.unit === NONE)
      return 'the start is neither a number since 1970 nor a time such as 2026-01-31T10:00:00Z';
    return `the start is in another unit than those before, which are ${UNITS[this.unit].name}`;
  }

  /** What is to be said of the times of the log. */
  warnings(): Warning[] {
    const said: string[] = [];
    if (this.unit > this.named + (this.named === SECONDS ? 1 : 0) || (this.unit !== NONE && this.unit < this.named))
      said.push(`its times are ${UNITS[this.unit].name} since 1970, by their size: they were read as such`);
    if (this.zoneless > 0) said.push(`${this.zoneless} times have no zone: they were read as UTC`);
    // Who writes all digits that a number needs rounds none, though some need few.
    if (this.rounded > 0 && this.finest > MILLISECOND) {
      said.push(
        `${this.rounded} times are written with an exponent and so rounded to ${secondsText(this.finest / 1e6)}, as a ` +
          'spreadsheet does: no interval shorter than that can be told; export them with all their digits',
      );
    }
    return said.map((message) => ({ kind: 'times', offset: null, message }));
  }

  /** The unit of a number: of one too small for a date of our time that of the others, or of the column's name. */
  private unitOf(number: number): number {
    if (!(number >= 0)) return NONE;
    if (number < LEAST_SECONDS) return this.unit === NONE ? this.named : this.unit;
    const unit = UNITS.findIndex(({ below }) => number < below);
    if (this.unit === NONE) this.unit = unit;
    return unit === this.unit ? unit : NONE;
  }

  private readIso(text: string): number {
    const match = ISO.exec(text.replace(OF_KIBANA, isoOfKibana));
    if (match === null) return Number.NaN;
    const [, date, clock, fraction = '', utc, sign, hours = '0', minutes = '0'] = match;
    const ms = Date.parse(`${date}T${clock}Z`);
    if (Number.isNaN(ms)) return Number.NaN;
    if (utc === undefined && sign === undefined) this.zoneless++;
    const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
    return (ms - offsetMs) * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
  }

  private noteRounding(text: string, microseconds: number): void {
    const match = EXPONENT.exec(text);
    if (match === null) return;
    const [, , decimals = '', power] = match;
    const step = 10 ** (Number(power) - decimals.length) * microseconds;
    this.rounded++;
    this.finest = Math.min(this.finest, step);
  }
}

/** Seconds that a length of time has; NaN where the text is none. */
export function secondsIn(text: string): number {
  const number = Number(text);
  const match = Number.isNaN(number) ? LENGTH.exec(text) : null;
  if (match === null) return number;
  const [, days = '0', hours, minutes, seconds] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
}

function isoOfKibana(_: string, month: string, day: string, year: string, clock: string): string {
  const number = MONTHS.indexOf(month) / 3 + 1;
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')} ${clock}`;
}

function secondsText(seconds: number): string {
  return seconds >= 7200 ? `${Math.round(seconds / 3600)} hours` : `${seconds} s`;
}
