import { FLOW_FIELDS } from '../flows/columns.ts';
import { NAME_SOURCES, sourceIndex } from '../flows/name-sources.ts';
import { FLOW_SCHEMA, type FlowFieldName, type TextColumnName, type WrittenColumn } from '../flows/schema.ts';
import { applicationOf, UNSAID_APPLICATION } from './application.ts';
import { type FlowRow, isText } from './flow-row.ts';

/** A column of a flow table: its name, and how a row takes it from a cell's text. */
export interface TakenField {
  name: string;
  isText: boolean;
  take: Take;
}

type Take = (row: FlowRow, cell: string) => void;

/** What the name's source is for a table that does not say it. */
const UNSAID = sourceIndex('log');

/** The columns with times, in milliseconds since 1970 as NFStream has them. */
export const FIRST_SEEN = FLOW_SCHEMA.firstSeenMs.name;
export const LAST_SEEN = FLOW_SCHEMA.lastSeenMs.name;

/** How a row takes what is not a column's number or text as it stands. */
const TAKES: Partial<Record<FlowFieldName, Take>> = {
  id: () => {},
  ipVersion: () => {},
  destinationPort: numberTo('destinationPort', Number.NaN),
  firstSeenMs: numberTo('firstMs', Number.NaN),
  lastSeenMs: numberTo('lastMs', Number.NaN),
  application: (row, cell) => {
    row.application = cell === '' ? UNSAID_APPLICATION : applicationOf(cell);
  },
  name: (row, cell) => {
    row.name = cell;
    row.nameSource = cell === '' ? 0 : UNSAID;
  },
  nameSource: (row, cell) => {
    const source = (NAME_SOURCES as readonly string[]).indexOf(cell);
    if (source > 0) row.nameSource = source;
  },
  resolvedNameSource: (row, cell) => {
    row.isHostName = cell === 'capture';
  },
  certificateSubject: certificateLine(0),
  certificateIssuer: certificateLine(1),
  certificateAlternativeName: certificateLine(2),
};

/** How programs write that a cell has no value. */
const MISSING = /^\s*(?:-|nan|none|null|na|n\/a|<na>|\(empty\))?\s*$/i;

/** Whether a cell has no value, whatever its writer put there. */
export function isMissing(cell: string): boolean {
  return cell.length <= 7 && !isDigit(cell.charCodeAt(0)) && MISSING.test(cell);
}

/** Nearly all short cells are numbers, which a look at one character tells. */
function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A table without these is none of flows. */
export const NEEDED_FIELDS: readonly string[] = [
  FLOW_SCHEMA.source.name,
  FLOW_SCHEMA.destination.name,
  FLOW_SCHEMA.destinationPort.name,
  FIRST_SEEN,
];
/** A table with this one was written by `flowsCsv` or `flowsParquet`. */
export const OWN_FIELD = FLOW_SCHEMA.nameSource.name;

/** What a table with these columns does not say of its flows. */
export function lossesOf(names: readonly string[]): string[] {
  return FLOW_FIELDS.flatMap(({ name, loss }) => (loss === undefined || names.includes(name) ? [] : [loss]));
}

const TAKEN_FIELDS: readonly TakenField[] = [
  ...FLOW_FIELDS.map(({ name, unit, column }) => ({
    name,
    isText: unit === 'text',
    take: TAKES[column] ?? (isText(column) ? textTo(column) : numberTo(column as NumberOfRow)),
  })),
  // NFStream's own name of it.
  { name: 'application_is_guessed', isText: false, take: numberTo('applicationGuessed') },
];

/** Where the known columns of a table are. */
export function fieldsIn(names: readonly string[]): { field: TakenField; place: number }[] {
  return TAKEN_FIELDS.map((field) => ({ field, place: names.indexOf(field.name) })).filter(({ place }) => place >= 0);
}

function textTo(column: WrittenColumn & TextColumnName): Take {
  return (row, cell) => {
    row[column] = cell;
  };
}

/** Numbers that a row has. */
type NumberOfRow = Exclude<WrittenColumn, TextColumnName> | 'firstMs' | 'lastMs';

function numberTo(column: NumberOfRow, missing = 0): Take {
  return (row, cell) => {
    row[column] = cell === '' ? missing : numberIn(cell);
  };
}

function certificateLine(line: 0 | 1 | 2): Take {
  return (row, cell) => {
    row.certificate[line] = cell;
  };
}

/** A number as programs and spreadsheets write it, also with a comma as decimal point; NaN where there is none. */
function numberIn(cell: string): number {
  return Number(cell.includes(',') ? cell.replace(',', '.') : cell);
}
