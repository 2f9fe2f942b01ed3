import Papa from 'papaparse';
import { guarded } from '../analysis/flow-logs/formula-guard.ts';
import { type Cell, connectionFields, type ExportedField, flatFields } from './connection-fields.ts';
import { rowsInOrder } from '../analysis/report/rank.ts';
import { FLOW_FIELDS, type FlowColumns } from '../analysis/flows/columns.ts';
import type { OrderName, Report } from '../analysis/report/report.ts';
import { NOTEBOOK_COLUMNS } from '../analysis/scores/notebook.ts';
import { type Case, NO_CASE } from '../analysis/report/case.ts';
import { remarksOf } from '../analysis/report/row-remarks.ts';
import { remarkFields } from './remarks.ts';
import { triageFields } from './triage-values.ts';

/** Rows a batch: long enough to cost no more than one long text, short enough to need little memory. */
const BATCH_ROWS = 4096;

/** Texts that need no quotes, and that no spreadsheet takes for a formula. */
const PLAIN = /^[\w.:](?:[\w.:/ -]*[\w.:/-])?$/;

/** What the notebook's frame begins with; its columns follow. */
const NOTEBOOK_HEAD = ['src_ip', 'dst_ip', 'dst_port', 'requested_server_name', 'ConnectionCount'];

/**
 * The flows as CSV (RFC 4180, LF line ends), in batches of lines: NFStream's column names and order, one line a flow in
 * order of emission, and behind them what NFStream does not tell and analysing the file again needs (see
 * `FLOW_SCHEMA`).
 */
export function flowsCsv(flows: FlowColumns): Generator<string> {
  return csv(
    FLOW_FIELDS.map(({ name }) => name),
    flows.length,
    (flow) => FLOW_FIELDS.map(({ of }) => of(flows, flow)),
  );
}

/**
 * The listed connections as CSV (RFC 4180, LF line ends), in batches of lines, in `order` or the rows given: the
 * notebook's columns under its names, behind them what else there is of a connection (see `CONNECTION_SCHEMA`), then
 * the other scores and triage, each under its own prefix. Numbers are the shortest texts that read back as the same
 * doubles; a cell without a value is empty. Where something was said of connections, that comes last.
 */
export function connectionsCsv(
  report: Report,
  order: OrderName | Uint32Array,
  remarks: Case = NO_CASE,
): Generator<string> {
  const rows = typeof order === 'string' ? rowsInOrder(report.connections, order) : order;
  const fields = connectionColumns(report, remarks);
  return csv(
    fields.map(({ name }) => name),
    rows.length,
    (place) => fields.map(({ of }) => of(rows[place])),
  );
}

/** The columns of a table of connections, the notebook's first. */
export function connectionColumns(report: Report, remarks: Case): Pick<ExportedField, 'name' | 'unit' | 'of'>[] {
  const fields = flatFields(connectionFields(report));
  const first = [...NOTEBOOK_HEAD, ...NOTEBOOK_COLUMNS];
  const notebook = first.flatMap((name) => fields.filter((field) => field.name === name));
  const others = fields.filter(({ name }) => !first.includes(name));
  return [...notebook, ...others, ...triageFields(report), ...remarkFields(remarks, remarksOf(report, remarks))];
}

/** Rows under a header as CSV (RFC 4180, LF line ends), in batches of lines. */
export function* csv(columns: readonly string[], length: number, cellsOf: (row: number) => Cell[]): Generator<string> {
  yield `${columns.map(cellText).join(',')}\n`;
  for (let start = 0; start < length; start += BATCH_ROWS) {
    let lines = '';
    for (let row = start; row < Math.min(start + BATCH_ROWS, length); row++) {
      lines += `${cellsOf(row).map(cellText).join(',')}\n`;
    }
    yield lines;
  }
}

/** Most cells are numbers and plain words, which the library need not look at. */
function cellText(cell: Cell): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return String(cell);
  return PLAIN.test(cell) ? cell : Papa.unparse([[guarded(cell)]]);
}
