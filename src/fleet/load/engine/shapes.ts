import { FIRST_SEEN, LAST_SEEN, NEEDED_FIELDS } from '../../../analysis/flow-logs/flow-fields.ts';
import type { LogKind } from '../../../analysis/flow-logs/kind.ts';
import { FLOW_FIELDS } from '../../../analysis/flows/columns.ts';
import { EngineError } from '../../engine/engine.ts';
import { quoted } from '../../schema/names.ts';
import { addressCell, microsecondsOf, millisecondsCell, protocolCell, secondsCell, textCell } from './cells.ts';

/** How the rows of a relation are written as a log that is read here. */
export interface Shape {
  kind: Extract<LogKind, 'flow-csv' | 'zeek-tsv'>;
  /** Lines before the rows. */
  header: string;
  /** Cells of a row, as expressions. */
  cells: readonly string[];
  /** When a row begins, in microseconds since 1970, as an expression. */
  microseconds: string;
  /** Numbers of flows that rows refer to each other by, as an expression; null where they do not. */
  id: string | null;
}

type Columns = ReadonlyMap<string, string>;

/** By a field of tables of flows, or a word of ours for what they have no field for: the column that has it. */
export type Mapping = ReadonlyMap<string, string>;

/** Words for fields whose names in tables of flows nobody guesses, and for a field that they do not have. */
const START = 'start';
const END = 'end';
const DURATION = 'duration_s';
const ALIASES: ReadonlyMap<string, string> = new Map([
  [START, FIRST_SEEN],
  [END, LAST_SEEN],
]);

/**
 * Reads `FIELD=COLUMN` of the command line. Fields are those of tables of flows, `start`, `end` and `duration_s`. Throws
 * an `EngineError`.
 */
export function mappingOf(pairs: readonly string[]): Mapping {
  const known = [...FLOW_FIELDS.map(({ name }) => name), START, END, DURATION];
  return new Map(
    pairs.map((pair) => {
      const [field, ...rest] = pair.split('=');
      const column = rest.join('=');
      if (column === '' || !known.includes(field))
        throw new EngineError(`--map ${pair}: FIELD=COLUMN is expected, with a field of ${known.join(', ')}`);
      return [ALIASES.get(field) ?? field, column];
    }),
  );
}

/**
 * The shape of a table or of Parquet files by their columns: Zeek's own names (also with `_` for its point), or those of
 * tables of flows, or what a mapping says. Throws an `EngineError` where columns are missing.
 */
export function shapeOf(columns: Columns, mapping: Mapping): Shape {
  for (const column of mapping.values())
    if (!columns.has(column)) throw new EngineError(`there is no column ${column}: ${listed(columns)}`);
  const zeek = mapping.size === 0 ? zeekColumns(columns) : null;
  if (zeek !== null) return zeekShape(columns, zeek);
  const columnOf = (field: string): string | undefined =>
    mapping.get(field) ?? (columns.has(field) ? field : undefined);
  const missing = NEEDED_FIELDS.find((field) => columnOf(field) === undefined);
  if (missing !== undefined)
    throw new EngineError(
      `no column says ${missing}: name it with --map ${missing === FIRST_SEEN ? START : missing}=COLUMN; ${listed(columns)}`,
    );
  return tableShape(columns, columnOf, mapping.get(DURATION));
}

/** Columns that a message names. */
const MOST_LISTED = 40;

function listed(columns: Columns): string {
  return `the columns are ${[...columns.keys()].slice(0, MOST_LISTED).join(', ')}`;
}

/** Columns by Zeek's name of the field; null where they are not Zeek's. */
function zeekColumns(columns: Columns): Map<string, string> | null {
  const fields = new Map(
    [...columns.keys()].map((column) => [column.replace(/^id_(?=(?:orig|resp)_[hp]$)/, 'id.'), column]),
  );
  return ['ts', 'id.orig_h', 'id.resp_h', 'id.resp_p'].every((field) => fields.has(field)) ? fields : null;
}

function zeekShape(columns: Columns, fields: ReadonlyMap<string, string>): Shape {
  const microseconds = microsecondsOf(quoted(fields.get('ts')!), columns.get(fields.get('ts')!)!);
  // A time zone, a set or a record is of no use here.
  const used = [...fields].filter(([, column]) => !/^(?:Array|Map|Tuple|JSON)/.test(columns.get(column)!));
  return zeekLog(
    'conn',
    used.map(([field, column]) => {
      if (field === 'ts') return [field, secondsCell(microseconds)];
      return [field, field.endsWith('_h') ? addressCell(quoted(column)) : textCell(quoted(column))];
    }),
    microseconds,
  );
}

/** One of Zeek's logs, of cells by its fields. */
export function zeekLog(path: string, fields: readonly (readonly [string, string])[], microseconds: string): Shape {
  const names = fields.map(([name]) => name).join('\t');
  return {
    kind: 'zeek-tsv',
    header: `#separator \\x09\n#empty_field\t(empty)\n#unset_field\t\n#path\t${path}\n#fields\t${names}\n`,
    cells: fields.map(([, cell]) => cell),
    microseconds,
    id: null,
  };
}

function tableShape(columns: Columns, columnOf: (field: string) => string | undefined, duration?: string): Shape {
  const first = columnOf(FIRST_SEEN)!;
  const microseconds = microsecondsOf(quoted(first), columns.get(first)!);
  const cells: [name: string, cell: string][] = [];
  for (const { name } of FLOW_FIELDS) {
    const column = columnOf(name);
    if (column !== undefined) {
      cells.push([name, cellOf(name, quoted(column), columns.get(column)!)]);
    } else if (name === LAST_SEEN && duration !== undefined) {
      const lasted = `toInt64(ifNull(toFloat64OrNull(${textCell(quoted(duration))}), 0) * 1e6)`;
      cells.push([name, millisecondsCell(`${microseconds} + ${lasted}`)]);
    }
  }
  return {
    kind: 'flow-csv',
    header: `${cells.map(([name]) => name).join(',')}\n`,
    cells: cells.map(([, cell]) => cell),
    microseconds,
    id: columns.has('first_piece_id') && columns.has('id') ? 'toUInt64(id)' : null,
  };
}

function cellOf(field: string, column: string, type: string): string {
  if (field === FIRST_SEEN || field === LAST_SEEN) return millisecondsCell(microsecondsOf(column, type));
  if (field === 'protocol') return protocolCell(column);
  return field === 'src_ip' || field === 'dst_ip' ? addressCell(column) : textCell(column);
}
