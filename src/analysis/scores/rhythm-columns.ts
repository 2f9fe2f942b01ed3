import { type ColumnsOf, columnNames, createColumns, measured } from '../memory/schema.ts';
import type { Rhythm } from './rhythm.ts';
import type { Unscored } from './unscored.ts';

/** Numbers of a rhythm that every listed connection carries: seconds end in `_s`, milliseconds since 1970 in `_ms`. */
export const RHYTHM_SCHEMA = {
  score: measured('score', 'score', 'Rhythm', 'How steadily its flows start: S / (S + 3)'),
  strength: measured('S', 'number', 'Strength', 'What rows rank by: E times the share of time and of gaps explained'),
  evidence: measured('E', 'number', 'Evidence', 'By how much the band beats the best other explanation, in nats'),
  intervalS: measured('interval_s', 's', 'Interval', 'Median time from one check-in to the next'),
  jitter: measured('jitter', 'share', 'Jitter', 'How far the interval varies: (high - low) / (high + low)'),
  lowS: measured('low_s', 's', 'Low', '2.5th percentile of the gaps of one interval'),
  highS: measured('high_s', 's', 'High', '97.5th percentile of the gaps of one interval'),
  present: measured('present', 'count', 'Present', 'Check-ins that are there'),
  expected: measured('expected', 'count', 'Expected', 'Check-ins that the rhythm would have'),
  silences: measured('silences', 'count', 'Silences', 'Gaps that are longer than the rhythm explains'),
  extra: measured('extra', 'count', 'Extra', 'Flows between two check-ins, or in a burst with one'),
  meanS: measured('mean_s', 's', 'Mean', 'Mean time from one check-in to the next'),
  intervalErrorS: measured('interval_error_s', 's', 'Error', 'Half the width of the 95 % interval of the interval'),
  scaleS: measured('scale_s', 's', 'Scale', 'Flows closer than this count as one visit'),
  gaps: measured('gaps', 'count', 'Gaps', 'Gaps between visits at that scale'),
  centreS: measured('centre_s', 's', 'Centre', 'Centre of the band that was scored'),
  width: measured('width', 'share', 'Width', 'Half the width of the band, as a share of its centre'),
  explainedShare: measured('explained_share', 'share', 'Explained', 'Share of the time that explained gaps make up'),
  singleShare: measured('single_share', 'share', 'Single', 'Share of the gaps that are one interval long'),
  firstMs: measured('first_ms', 'time', 'First', 'Start of the first check-in'),
  lastMs: measured('last_ms', 'time', 'Last', 'Start of the last check-in'),
};
type RhythmColumn = keyof typeof RHYTHM_SCHEMA;
const RHYTHM_COLUMNS = columnNames(RHYTHM_SCHEMA);

/** One value a connection; NaN where the score does not apply. */
export type RhythmColumns = ColumnsOf<typeof RHYTHM_SCHEMA>;

/** Columns for `length` connections, none of them scored. */
export function createRhythmColumns(length: number): RhythmColumns {
  return createColumns(RHYTHM_SCHEMA, length);
}

/** Writes a connection's rhythm into row `row`; leaves the row as it is where there is none. */
export function writeRhythm(rhythm: Rhythm | Unscored, columns: RhythmColumns, row: number): void {
  if (rhythm.score === null) return;
  for (const column of RHYTHM_COLUMNS) columns[column][row] = rhythm[column];
}

/** The numbers of row `row`. */
export function readRhythm(columns: RhythmColumns, row: number): Record<RhythmColumn, number> {
  return Object.fromEntries(RHYTHM_COLUMNS.map((column) => [column, columns[column][row]])) as Record<
    RhythmColumn,
    number
  >;
}
