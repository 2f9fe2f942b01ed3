import { CONNECTION_SCHEMA, type ConnectionField, fieldValue } from '../analysis/connections/schema.ts';
import { sentenceOf, unscoredReason } from '../analysis/connections/sentence.ts';
import { columnNames, type FieldText, type Unit } from '../analysis/memory/schema.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import type { ConnectionTable, Report } from '../analysis/report/report.ts';
import { CORRECTED_MEANINGS } from '../analysis/scores/notebook-corrected-meanings.ts';
import { NOTEBOOK_MEANINGS } from '../analysis/scores/notebook-meanings.ts';
import { NOTEBOOK_COLUMNS } from '../analysis/scores/notebook.ts';
import { RHYTHM_SCHEMA } from '../analysis/scores/rhythm-columns.ts';
import { RITA_SCHEMA } from '../analysis/scores/rita-columns.ts';
import type { ScoreName } from '../analysis/scores/unscored.ts';
import { innerFactsOfRow } from '../analysis/sessions/inner-columns.ts';
import { innerSentence } from '../analysis/sessions/inner-sentence.ts';
import { JOINED_SCHEMA, LEVELS } from '../analysis/sessions/joined.ts';
import { SERIES } from '../analysis/sessions/series.ts';

export type Cell = string | number | null;

/** A field of a connection with its value, null where there is none. */
export interface ExportedField extends FieldText {
  of: (row: number) => Cell;
}

/**
 * What exports, report and page say of a connection: its own fields, and those of each score under the score's name.
 */
export interface ConnectionFields {
  own: ExportedField[];
  scores: { name: string; fields: ExportedField[] }[];
}

/** The fields of a report's connections, each score's last one being why there is none. */
export function connectionFields(report: Report): ConnectionFields {
  const table = report.connections;
  const view = { table, addresses: textsOf(report.addresses), names: textsOf(report.names) };
  const own = columnNames(CONNECTION_SCHEMA)
    .map((column) => [column, CONNECTION_SCHEMA[column] as ConnectionField] as const)
    .filter(([, { name }]) => name !== '')
    .map(([column, told]) => withValue(told, (row) => fieldValue(column, view, row)));
  return {
    own: [
      ...own,
      ...notebookFields(table.notebook, NOTEBOOK_MEANINGS),
      { ...reason(table, 'notebook'), name: 'notebook_unscored' },
    ],
    scores: [
      {
        name: 'notebook_corrected',
        fields: [
          ...notebookFields(table.corrected, { ...NOTEBOOK_MEANINGS, ...CORRECTED_MEANINGS }),
          reason(table, 'corrected'),
        ],
      },
      { name: 'rita', fields: [...scoreFields(RITA_SCHEMA, table.rita), reason(table, 'rita')] },
      {
        name: 'rhythm',
        fields: [
          ...scoreFields(RHYTHM_SCHEMA, table.rhythm),
          text('sentence', 'In words', 'The rhythm of flow starts in words', (row) => sentenceOf(table, row)),
          reason(table, 'rhythm'),
        ],
      },
      { name: 'inner', fields: innerFields(table) },
      { name: 'joined', fields: scoreFields(JOINED_SCHEMA, table.joined) },
    ],
  };
}

/** All fields in one list, those of scores with the score's name before theirs. */
export function flatFields({ own, scores }: ConnectionFields): ExportedField[] {
  const ofScores = scores.flatMap(({ name: score, fields }) =>
    fields.map((field) => withValue(field, field.of, `${score}_${field.name}`)),
  );
  return [...own, ...ofScores];
}

function withValue(
  { name, unit, title, meaning }: FieldText,
  of: ExportedField['of'],
  exportedName = name,
): ExportedField {
  return { name: exportedName, unit, title, meaning, of };
}

function notebookFields(
  columns: ConnectionTable['notebook'],
  meanings: Readonly<Record<string, string>>,
): ExportedField[] {
  return NOTEBOOK_COLUMNS.map((column) => {
    const told = { name: column, unit: 'number' as const, title: column, meaning: meanings[column] };
    return withValue(told, (row) => numberCell(columns[column][row]));
  });
}

function scoreFields<Column extends string>(
  schema: Readonly<Record<Column, FieldText>>,
  columns: Readonly<Record<NoInfer<Column>, Float64Array>>,
): ExportedField[] {
  return columnNames(schema).map((column) => withValue(schema[column], (row) => numberCell(columns[column][row])));
}

/** Of the best session; `level` says where the rhythm that counts was found. */
function innerFields({ inner, joined }: ConnectionTable): ExportedField[] {
  const of = (column: Float64Array | Uint32Array) => (row: number) => {
    return inner.session[row] === 0 ? null : numberCell(column[row]);
  };
  const number = (name: string, unit: Unit, title: string, meaning: string, value: ExportedField['of']) => {
    return { name, unit, title, meaning, of: value };
  };
  return [
    number('score', 'score', 'Inside', 'The rhythm inside the best session', of(inner.score)),
    number('S', 'number', 'Strength', 'What that rhythm ranks by', of(inner.strength)),
    text('level', 'Found', 'Where the rhythm that counts was found', (row) => LEVELS[joined.level[row]]),
    number('interval_s', 's', 'Interval', 'Median time between its messages', of(inner.intervalS)),
    number('jitter', 'share', 'Jitter', 'How far that interval varies', of(inner.jitter)),
    number('size', 'bytes', 'Size', 'Payload of its messages', of(inner.size)),
    text('series', 'Series', 'Which of its messages have the rhythm', (row) => {
      return inner.session[row] === 0 || Number.isNaN(inner.intervalS[row]) ? null : SERIES[inner.series[row]];
    }),
    number('present', 'count', 'Present', 'Messages that are there', of(inner.present)),
    number('expected', 'count', 'Expected', 'Messages that the rhythm would have', of(inner.expected)),
    number('sessions', 'count', 'Sessions', 'Sessions that could be scored', of(inner.sessions)),
    number('agree', 'count', 'Agree', 'How many of them have this rhythm', of(inner.agree)),
    text('sentence', 'In words', 'The best session in words', (row) => {
      const facts = innerFactsOfRow(inner, row);
      return facts === null ? null : innerSentence(facts);
    }),
  ];
}

function reason(table: ConnectionTable, score: ScoreName): ExportedField {
  return text('unscored', 'Not scored', 'Why there is no such score', (row) => unscoredReason(table, score, row));
}

function text(name: string, title: string, meaning: string, of: ExportedField['of']): ExportedField {
  return { name, unit: 'text', title, meaning, of };
}

function numberCell(value: number): Cell {
  return Number.isNaN(value) ? null : value;
}
