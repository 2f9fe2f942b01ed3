import Papa from 'papaparse';
import { rowsInOrder } from '../analysis/report/rank.ts';
import { unscoredReason } from '../analysis/connections/sentence.ts';
import { FLOW_FIELDS } from '../analysis/flow-logs/flow-fields.ts';
import type { FlowColumns } from '../analysis/flows/columns.ts';
import type { OrderName, Report } from '../analysis/report/report.ts';
import { isCarried } from '../analysis/flows/name-sources.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { NOTEBOOK_COLUMNS } from '../analysis/scores/notebook.ts';
import { EXPORTED_NAMES, EXPORTED_SCORES, scoreValues } from './score-columns.ts';
import { TRIAGE_COLUMNS, triageCells, triageValues } from './triage-values.ts';

export type Cell = string | number | null;

/** Rows a batch: long enough to cost no more than one long text, short enough to need little memory. */
const BATCH_ROWS = 4096;

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front; so does one that begins with an
 * apostrophe, or taking it away again would take one too many. Numbers are left as they are.
 */
const FORMULA = /^['=+\-@\t\r]/;

const CONNECTION_COLUMNS = [
  'src_ip',
  'dst_ip',
  'dst_port',
  'requested_server_name',
  'ConnectionCount',
  ...NOTEBOOK_COLUMNS,
  'resolved_name',
  'protocol',
  'other_protocols',
  'other_dst_ips',
  'other_dst_ports',
  'failed_flows',
  'resumed_flows',
  'continued_flows',
  'notebook_unscored',
  ...EXPORTED_SCORES.flatMap((score) => EXPORTED_NAMES[score].map((name) => `${score}_${name}`)),
  ...TRIAGE_COLUMNS,
];

/**
 * The flows as CSV (RFC 4180, LF line ends), in batches of lines: NFStream's column names and order, one line a flow in
 * order of emission, and behind them what NFStream does not tell and analysing the file again needs (see `FLOW_FIELDS`).
 */
export function flowsCsv(flows: FlowColumns): Generator<string> {
  return csv(
    FLOW_FIELDS.map(({ name }) => name),
    flows.length,
    (flow) => FLOW_FIELDS.map(({ of }) => of(flows, flow)),
  );
}

/**
 * The listed connections as CSV (RFC 4180, LF line ends), in batches of lines, in `order` or the rows given: the notebook's columns
 * under its names, behind them the name of a destination that no flow itself names, then the other scores' and triage's, each under its own prefix. Numbers are the shortest texts that read
 * back as the same doubles; a cell without a value is empty.
 */
export function connectionsCsv(report: Report, order: OrderName | Uint32Array): Generator<string> {
  const { connections } = report;
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  const rows = typeof order === 'string' ? rowsInOrder(connections, order) : order;
  const triageOf = triageValues(report);
  return csv(CONNECTION_COLUMNS, rows.length, (place) => {
    const row = rows[place];
    const name = names[connections.name[row]];
    return [
      addresses[connections.source[row]],
      addresses[connections.destination[row]],
      connections.destinationPort[row],
      isCarried(connections.nameSource[row]) ? name : '',
      connections.flows[row],
      ...NOTEBOOK_COLUMNS.map((column) => numberCell(connections.notebook[column][row])),
      isCarried(connections.nameSource[row]) ? '' : name,
      connections.protocol[row],
      connections.otherProtocols[row],
      connections.otherDestinations[row],
      connections.otherPorts[row],
      connections.failedFlows[row],
      connections.resumedFlows[row],
      connections.continuedFlows[row],
      unscoredReason(connections, 'notebook', row),
      ...EXPORTED_SCORES.flatMap((exported) => scoreValues(connections, exported, row)),
      ...triageCells(triageOf(row)),
    ];
  });
}

function numberCell(value: number): Cell {
  return Number.isNaN(value) ? null : value;
}

/** Rows under a header as CSV (RFC 4180, LF line ends), in batches of lines. */
export function* csv(columns: readonly string[], length: number, cellsOf: (row: number) => Cell[]): Generator<string> {
  const options = { newline: '\n', escapeFormulae: FORMULA };
  yield `${Papa.unparse([[...columns]], options)}\n`;
  for (let start = 0; start < length; start += BATCH_ROWS) {
    const cells = Array.from({ length: Math.min(BATCH_ROWS, length - start) }, (_, index) => cellsOf(start + index));
    yield `${Papa.unparse(cells, options)}\n`;
  }
}
