import Papa from 'papaparse';
import { APPLICATIONS } from '../analysis/applications/names.ts';
import { rowsInOrder } from '../analysis/connections/rank.ts';
import { unscoredReason } from '../analysis/connections/sentence.ts';
import type { FlowColumns } from '../analysis/flows/columns.ts';
import type { OrderName, Report } from '../analysis/report.ts';
import { isCarried, NAME_SOURCES, type NameSource, textsOf } from '../analysis/report.ts';
import { NOTEBOOK_COLUMNS } from '../analysis/scores/notebook.ts';
import { EXPORTED_NAMES, EXPORTED_SCORES, scoreValues } from './score-columns.ts';
import { TRIAGE_COLUMNS, triageCells, triageValues } from './triage-values.ts';

export type Cell = string | number | null;

/** Rows a batch: long enough to cost no more than one long text, short enough to need little memory. */
const BATCH_ROWS = 4096;

/** A text that a spreadsheet would run as a formula; it gets an apostrophe in front. Numbers are left as they are. */
const FORMULA = /^[=+\-@\t\r]/;

const FLOW_COLUMNS = [
  'id', 'expiration_id', 'src_ip', 'src_port', 'dst_ip', 'dst_port', 'protocol', 'ip_version', 'vlan_id', 'tunnel_id',
  'bidirectional_first_seen_ms', 'bidirectional_last_seen_ms', 'src2dst_packets', 'src2dst_bytes', 'dst2src_packets',
  'dst2src_bytes', 'application_name', 'requested_server_name', 'client_fingerprint', 'server_fingerprint', 'user_agent',
  'content_type', 'application_guessed', 'requested_server_name_source', 'resolved_name', 'resolved_name_source',
  'ja4', 'ja4s',   'certificate_subject', 'certificate_issuer', 'certificate_alternative_name',
];

/** Bytes of a name in NFStream's column: its last ones. */
const REQUESTED_NAME_LIMIT = 79;

const CONNECTION_COLUMNS = [
  'src_ip', 'dst_ip', 'dst_port', 'requested_server_name', 'ConnectionCount', ...NOTEBOOK_COLUMNS, 'resolved_name',
  'protocol', 'other_protocols', 'other_dst_ips', 'other_dst_ports', 'failed_flows', 'resumed_flows', 'continued_flows',
  'notebook_unscored',
  ...EXPORTED_SCORES.flatMap((score) => EXPORTED_NAMES[score].map((name) => `${score}_${name}`)), ...TRIAGE_COLUMNS,
];

/**
 * The flows as CSV (RFC 4180, LF line ends), in batches of lines: NFStream's column names and order, one line a flow in
 * order of emission; behind them where the name came from (a `NameSource`) and what NFStream does not tell.
 */
export function flowsCsv(flows: FlowColumns): Generator<string> {
  return csv(FLOW_COLUMNS, flows.length, (flow) => [
    flow, flows.expirationId[flow],
    flows.addresses[flows.source[flow]], flows.sourcePort[flow],
    flows.addresses[flows.destination[flow]], flows.destinationPort[flow],
    flows.protocol[flow], flows.ipVersion[flow], flows.vlanId[flow], flows.tunnelId[flow],
    flows.firstMs[flow], flows.lastMs[flow],
    flows.packetsSent[flow], flows.bytesSent[flow], flows.packetsReceived[flow], flows.bytesReceived[flow],
    APPLICATIONS[flows.application[flow]], flows.names[flows.name[flow]].slice(-REQUESTED_NAME_LIMIT),
    flows.texts[flows.clientFingerprint[flow]], flows.texts[flows.serverFingerprint[flow]],
    flows.texts[flows.userAgent[flow]], flows.texts[flows.contentType[flow]],
    flows.applicationGuessed[flow], NAME_SOURCES[flows.nameSource[flow]], ...resolvedName(flows, flow),
    flows.texts[flows.ja4[flow]], flows.texts[flows.ja4s[flow]], ...certificateCells(flows.texts[flows.certificate[flow]]),
  ]);
}

function certificateCells(certificate: string): string[] {
  return certificate === '' ? ['', '', ''] : certificate.split('\n');
}

/** What else is known of the destination's name, which the flow itself does not say, and where from. */
function resolvedName(flows: FlowColumns, flow: number): [name: string, source: NameSource] {
  const resolved = flows.resolvedName[flow];
  const host = flows.hostName[flows.destination[flow]];
  return [flows.names[resolved || host], resolved > 0 ? 'from dns' : host > 0 ? 'capture' : ''];
}

/**
 * The listed connections as CSV (RFC 4180, LF line ends), in batches of lines, in `order`: the notebook's columns
 * under its names, behind them the name of a destination that no flow itself names, then the other scores' and triage's, each under its own prefix. Numbers are the shortest texts that read
 * back as the same doubles; a cell without a value is empty.
 */
export function connectionsCsv(report: Report, order: OrderName): Generator<string> {
  const { connections } = report;
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  const rows = rowsInOrder(connections, order);
  const triageOf = triageValues(report);
  return csv(CONNECTION_COLUMNS, rows.length, (place) => {
    const row = rows[place];
    const name = names[connections.name[row]];
    return [
      addresses[connections.source[row]], addresses[connections.destination[row]], connections.destinationPort[row],
      isCarried(connections.nameSource[row]) ? name : '', connections.flows[row],
      ...NOTEBOOK_COLUMNS.map((column) => numberCell(connections.notebook[column][row])),
      isCarried(connections.nameSource[row]) ? '' : name,
      connections.protocol[row], connections.otherProtocols[row], connections.otherDestinations[row],
      connections.otherPorts[row], connections.failedFlows[row], connections.resumedFlows[row],
      connections.continuedFlows[row], unscoredReason(connections, 'notebook', row),
      ...EXPORTED_SCORES.flatMap((exported) => scoreValues(connections, exported, row)), ...triageCells(triageOf(row)),
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
