import { YEAR_MS } from '../flows/odd-frames.ts';
import type { Warning } from '../capture.ts';
import type { GrowingColumn } from '../memory/growing-column.ts';
import { countText } from '../count-text.ts';

/** Stamps before 1990, when nobody kept such logs yet, or from 2100 on. */
const EARLIEST_MS = 631_152_000_000;
const LATEST_MS = 4_102_444_800_000;
/** Of rows of another time that can be, this share at most is wrong, or a single one: more are a log of several years. */
const SMALL_SHARE = 0.001;
/** So many rows at least tell of one that it is. */
const FEWEST_OTHERS = 8;
/** Of stamps that cannot be, others have to outnumber this share. */
const MOST_SHARE = 0.5;
const MOST_ERAS = 1000;
const MOST_NAMED = 5;

/** Rows that start in one year, counted from 1970. */
interface Era {
  key: number;
  count: number;
  firstMs: number;
  lastMs: number;
  /** The first rows, by their number in the file, and when they start. */
  rows: [number: number, ms: number][];
}

/** Whether a log may have been written at some time. */
export function isPossible(ms: number): boolean {
  return ms >= EARLIEST_MS && ms < LATEST_MS;
}

/** What the stamps of a log come to: its time, and which of them it cannot mean. */
export interface SaneEras {
  firstMs: number;
  lastMs: number;
  isStray: ((ms: number) => boolean) | null;
  warnings: Warning[];
}

/** Tells the stamps that a log cannot mean, 0 or 2106 among those of one day, from those of a log of several years. */
export class Eras {
  private readonly eras = new Map<number, Era>();
  private era: Era | null = null;

  /** Counts a row that starts and ends then; `number` is its place in the file. */
  add(firstMs: number, lastMs: number, number: number): void {
    const key = Math.floor(firstMs / YEAR_MS);
    const era = this.era?.key === key ? this.era : this.eraOf(key);
    if (++era.count <= MOST_NAMED) era.rows.push([number, firstMs]);
    if (firstMs < era.firstMs) era.firstMs = firstMs;
    if (lastMs > era.lastMs) era.lastMs = lastMs;
  }

  /**
   * @param unit what the log counts: "line" or "row"
   * @param isExact whether nothing is stray
   */
  sane(unit: string, isExact: boolean): SaneEras {
    const spans = this.spans();
    const main = spans.reduce((most, span) => (countOf(span) > countOf(most) ? span : most), []);
    const strays = isExact ? [] : spans.filter((span) => span !== main && isFew(span, countOf(main))).flat();
    const kept = spans.flat().filter((era) => !strays.includes(era));
    return {
      firstMs: kept.reduce((least, { firstMs }) => Math.min(least, firstMs), Number.POSITIVE_INFINITY),
      lastMs: kept.reduce((most, { lastMs }) => Math.max(most, lastMs), Number.NEGATIVE_INFINITY),
      isStray: strays.length === 0 ? null : (ms) => strays.some(({ key }) => key === Math.floor(ms / YEAR_MS)),
      warnings: strays.length === 0 ? [] : [straysSaid(strays, unit)],
    };
  }

  private eraOf(key: number): Era {
    let era = this.eras.get(key);
    if (era === undefined) {
      // A log of so many years has no time that others could be stray from.
      if (this.eras.size >= MOST_ERAS && this.era !== null) return this.era;
      era = { key, count: 0, firstMs: Number.POSITIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY, rows: [] };
      this.eras.set(key, era);
    }
    this.era = era;
    return era;
  }

  /** Eras that lie next to each other, together. */
  private spans(): Era[][] {
    const spans: Era[][] = [];
    for (const era of [...this.eras.values()].sort((a, b) => a.key - b.key)) {
      const last = spans.at(-1);
      if (last !== undefined && era.key - last[last.length - 1].key <= 1) last.push(era);
      else spans.push([era]);
    }
    return spans;
  }
}

/** Gives starts of rows [start, end) that are stray the middle between the ones before and behind them. */
export function placeBetween(
  column: GrowingColumn,
  [start, end]: [number, number],
  isStray: (value: number) => boolean,
  room: number,
): void {
  let before = -1;
  const fill = (after: number): void => {
    const from = column.get(before < 0 ? after : before);
    const to = after < end ? column.get(after) : from;
    for (let row = Math.max(start, before + 1); row < after; row++)
      column.replace(row, Math.floor((from + to) / 2), room);
  };
  for (let row = start; row < end; row++) {
    if (isStray(column.get(row))) continue;
    fill(row);
    before = row;
  }
  if (before >= 0) fill(end);
}

function countOf(span: readonly Era[]): number {
  return span.reduce((sum, { count }) => sum + count, 0);
}

function isFew(span: readonly Era[], others: number): boolean {
  const count = countOf(span);
  if (span.every(({ firstMs }) => !isPossible(firstMs))) return count <= MOST_SHARE * others;
  return others >= FEWEST_OTHERS && count <= Math.max(1, SMALL_SHARE * others);
}

function straysSaid(strays: readonly Era[], unit: string): Warning {
  const count = countOf(strays);
  const rows = strays.flatMap((era) => era.rows).sort((a, b) => a[0] - b[0]);
  const named = rows.slice(0, MOST_NAMED).map(([number, ms]) => `${unit} ${number}, stamped ${dayOf(ms)}`);
  const more = count > MOST_NAMED ? ' ...' : '';
  const many = count === 1 ? '1 row is' : `${countText(count)} rows are`;
  const message = `${many} stamped years away from the others (${named.join(', ')}${more}): taken to be of their time`;
  return { kind: 'stray-stamps', offset: null, message };
}

/** "1970-01-01". */
function dayOf(ms: number): string {
  return new Date(ms).toISOString().replace(/T.*/, '');
}
