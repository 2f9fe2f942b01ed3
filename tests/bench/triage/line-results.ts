import { RULES } from '../../../src/analysis/triage/lines.ts';
import type { Capture } from './corpus.ts';
import type { Measure } from './measure.ts';

/** What one line is worth. */
export interface LineResult {
  points: number;
  fitted: number;
  /** Captures with command and control, and benign ones, in which it applies to a labelled connection. */
  c2: number;
  benign: number;
  /** How figures change without it: shares of captures and of connections, and benign rows that are to be read. */
  change: { badged: number; aboveBenign: number; benignRows: number };
}

/** By id of a line: what it adds and costs, with the points given and `measureWith` others. */
export function lineResults(
  captures: readonly Capture[],
  points: Int8Array,
  fitted: Int8Array,
  measureWith: (points: Int8Array) => Measure,
): Record<string, LineResult> {
  const whole = measureWith(points);
  const rowsToRead = ({ captures: load, logs }: Measure): number => load.badged + logs.badged;
  const carriers = (place: number, label: 0 | 1): number =>
    captures.filter(({ rows }) => rows.some((row) => row.label === label && row.lines[place] === 1)).length;
  return Object.fromEntries(
    RULES.map(({ id }, place): [string, LineResult] => {
      const without = measureWith(points.with(place, 0));
      const change = {
        badged: without.badged - whole.badged,
        aboveBenign: without.aboveBenign - whole.aboveBenign,
        benignRows: rowsToRead(without) - rowsToRead(whole),
      };
      const counts = { c2: carriers(place, 1), benign: carriers(place, 0) };
      return [id, { points: points[place], fitted: fitted[place], ...counts, change }];
    }),
  );
}
