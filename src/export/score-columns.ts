import { sentenceOf, unscoredReason } from '../analysis/connections/sentence.ts';
import type { ConnectionTable } from '../analysis/report/report.ts';
import type { ScoreName } from '../analysis/scores/score-names.ts';
import { NOTEBOOK_COLUMNS } from '../analysis/scores/notebook.ts';
import type { RhythmColumn } from '../analysis/scores/rhythm-columns.ts';
import type { RitaColumn } from '../analysis/scores/rita-columns.ts';
import { innerFactsOfRow } from '../analysis/sessions/inner-columns.ts';
import { innerSentence } from '../analysis/sessions/inner-sentence.ts';
import { LEVELS } from '../analysis/sessions/joined.ts';
import { SERIES } from '../analysis/sessions/series.ts';

type Value = string | number | null;

/** RITA's columns under the short names its users know. */
const RITA_NAMES: Record<RitaColumn, string> = {
  score: 'score',
  times: 'ts',
  sizes: 'ds',
  duration: 'dur',
  histogram: 'hist',
  threat: 'threat',
};

/** Rhythm's columns: seconds end in `_s`, milliseconds since 1970 in `_ms`. */
const RHYTHM_NAMES: Record<RhythmColumn, string> = {
  score: 'score',
  strength: 'S',
  evidence: 'E',
  intervalS: 'interval_s',
  jitter: 'jitter',
  lowS: 'low_s',
  highS: 'high_s',
  present: 'present',
  expected: 'expected',
  silences: 'silences',
  extra: 'extra',
  meanS: 'mean_s',
  intervalErrorS: 'interval_error_s',
  scaleS: 'scale_s',
  gaps: 'gaps',
  centreS: 'centre_s',
  width: 'width',
  explainedShare: 'explained_share',
  singleShare: 'single_share',
  firstMs: 'first_ms',
  lastMs: 'last_ms',
};

/** Of the best session; `level` says where the rhythm that counts was found, and `joined` is that rhythm. */
const INNER_NAMES = [
  'score',
  'S',
  'level',
  'interval_s',
  'jitter',
  'size',
  'series',
  'present',
  'expected',
  'sessions',
  'agree',
  'sentence',
] as const;
const JOINED_NAMES = {
  score: 'score',
  strength: 'S',
  intervalS: 'interval_s',
  jitter: 'jitter',
  present: 'present',
  expected: 'expected',
} as const;

/** Scores beside the notebook's, by the name that exports give them. */
export const EXPORTED_SCORES = ['notebook_corrected', 'rita', 'rhythm', 'inner', 'joined'] as const;
type ExportedScore = (typeof EXPORTED_SCORES)[number];

/** Names of a score's values, in the order of `scoreValues`. */
export const EXPORTED_NAMES: Record<ExportedScore, readonly string[]> = {
  notebook_corrected: [...NOTEBOOK_COLUMNS, 'unscored'],
  rita: [...Object.values(RITA_NAMES), 'unscored'],
  rhythm: [...Object.values(RHYTHM_NAMES), 'sentence', 'unscored'],
  inner: INNER_NAMES,
  joined: Object.values(JOINED_NAMES),
};

/** A connection's values of a score, null for what there is none of; last, why it is not scored. */
export function scoreValues(table: ConnectionTable, score: ExportedScore, row: number): Value[] {
  switch (score) {
    case 'notebook_corrected':
      return [...values(table.corrected, NOTEBOOK_COLUMNS, row), reason(table, 'corrected', row)];
    case 'rita':
      return [...values(table.rita, keys(RITA_NAMES), row), reason(table, 'rita', row)];
    case 'rhythm':
      return [...values(table.rhythm, keys(RHYTHM_NAMES), row), sentenceOf(table, row), reason(table, 'rhythm', row)];
    case 'inner':
      return innerValues(table, row);
    case 'joined':
      return values(table.joined, keys(JOINED_NAMES), row);
  }
}

function innerValues({ inner, joined }: ConnectionTable, row: number): Value[] {
  const facts = innerFactsOfRow(inner, row);
  const level = LEVELS[joined.level[row]];
  if (facts === null) return INNER_NAMES.map((name) => (name === 'level' ? level : null));
  const number = (value: number): Value => (Number.isNaN(value) ? null : value);
  return [
    number(facts.score),
    number(inner.strength[row]),
    level,
    number(facts.intervalS),
    number(facts.jitter),
    number(facts.size),
    Number.isNaN(facts.intervalS) ? null : SERIES[inner.series[row]],
    number(facts.present),
    number(facts.expected),
    facts.sessions,
    facts.agree,
    innerSentence(facts),
  ];
}

function values<Column extends string>(
  columns: Record<Column, Float64Array>,
  order: readonly Column[],
  row: number,
): Value[] {
  return order.map((column) => (Number.isNaN(columns[column][row]) ? null : columns[column][row]));
}

function keys<Column extends string>(names: Record<Column, string>): Column[] {
  return Object.keys(names) as Column[];
}

function reason(table: ConnectionTable, score: ScoreName, row: number): Value {
  return unscoredReason(table, score, row);
}
