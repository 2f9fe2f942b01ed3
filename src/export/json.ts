import { rowsInOrder } from '../analysis/report/rank.ts';
import { unscoredReason } from '../analysis/connections/sentence.ts';
import type { ConnectionTable, OrderName, Report } from '../analysis/report/report.ts';
import { isCarried, NAME_SOURCES } from '../analysis/flows/name-sources.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { NOTEBOOK_COLUMNS } from '../analysis/scores/notebook.ts';
import { dnsList, type ExportedList, longList } from './lists.ts';
import { EXPORTED_NAMES, EXPORTED_SCORES, scoreValues } from './score-columns.ts';
import { triageFields, triageValues } from './triage-values.ts';
import { printable } from './printable.ts';

const BATCH_ROWS = 1024;

/**
 * The report as one JSON object on one line, in batches of text: the captures with their warnings, the number of flows,
 * and the listed connections, in `order` or the rows given, under NFStream's and the notebook's names, with the other scores and triage
 * nested under their own; then how many of them are listed only for what goes on inside a session, the sessions open for
 * long and what clients asked resolvers for. A value there is none of is null.
 */
export function* jsonText(report: Report, order: OrderName | Uint32Array): Generator<string> {
  const captures = report.captures.map(
    ({ file, format, compression, packets, bytes, comments, warnings, flows, lacks }) => ({
      file,
      format,
      compression,
      packets,
      bytes,
      comments,
      flows,
      lacks,
      warnings: warnings.map(({ kind, offset, message }) => ({ kind, offset, message })),
    }),
  );
  yield `{"captures":${toJson(captures)},"flows":${report.flows},"connections":[`;
  const rows = typeof order === 'string' ? rowsInOrder(report.connections, order) : order;
  const connectionOf = connections(report);
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const batch = Array.from(rows.subarray(start, start + BATCH_ROWS), (row) => toJson(connectionOf(row)));
    yield (start === 0 ? '' : ',') + batch.join(',');
  }
  yield `],"inside_only":${report.insideOnly},"long":[`;
  yield* listJson(longList(report));
  yield '],"dns":[';
  yield* listJson(dnsList(report));
  yield ']}\n';
}

/** The rows of a list as objects with a comma between two. */
function* listJson({ columns, length, row }: ExportedList): Generator<string> {
  for (let start = 0; start < length; start += BATCH_ROWS) {
    const batch = Array.from({ length: Math.min(BATCH_ROWS, length - start) }, (_, index) => {
      const values = row(start + index);
      return toJson(Object.fromEntries(columns.map((column, place) => [column, values[place]])));
    });
    yield (start === 0 ? '' : ',') + batch.join(',');
  }
}

function connections(report: Report): (row: number) => Record<string, unknown> {
  const table = report.connections;
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  const triageOf = triageValues(report);
  return (row) => ({
    src_ip: addresses[table.source[row]],
    dst_ip: addresses[table.destination[row]],
    dst_port: table.destinationPort[row],
    protocol: table.protocol[row],
    other_protocols: table.otherProtocols[row],
    other_dst_ips: table.otherDestinations[row],
    other_dst_ports: table.otherPorts[row],
    ...nameCells(table, names, row),
    other_server_names: table.otherNames[row],
    bidirectional_first_seen_ms: table.firstSeenMs[row],
    bidirectional_last_seen_ms: table.lastSeenMs[row],
    src2dst_packets: table.packetsSent[row],
    src2dst_bytes: table.bytesSent[row],
    dst2src_packets: table.packetsReceived[row],
    dst2src_bytes: table.bytesReceived[row],
    median_delta_ms: table.medianDeltaMs[row],
    failed_flows: table.failedFlows[row],
    resumed_flows: table.resumedFlows[row],
    continued_flows: table.continuedFlows[row],
    ConnectionCount: table.flows[row],
    ...Object.fromEntries(NOTEBOOK_COLUMNS.map((column) => [column, table.notebook[column][row]])),
    notebook_unscored: unscoredReason(table, 'notebook', row),
    ...Object.fromEntries(
      EXPORTED_SCORES.map((exported) => {
        const values = scoreValues(table, exported, row);
        return [exported, Object.fromEntries(EXPORTED_NAMES[exported].map((name, place) => [name, values[place]]))];
      }),
    ),
    triage: triageFields(triageOf(row)),
  });
}

/** The name that flows carry, or the one that is known for a destination which no flow names. */
function nameCells(
  { name, nameSource }: ConnectionTable,
  names: readonly string[],
  row: number,
): Record<string, string | null> {
  const source = nameSource[row];
  const cells = name[row] === 0 ? [null, null] : [names[name[row]], NAME_SOURCES[source]];
  const [requested, resolved] = isCarried(source) ? [cells, [null, null]] : [[null, null], cells];
  return {
    requested_server_name: requested[0],
    requested_server_name_source: requested[1],
    resolved_name: resolved[0],
    resolved_name_source: resolved[1],
  };
}

/** JSON leaves some characters as they are that steer a terminal; escaped they are the same JSON. */
function toJson(value: unknown): string {
  return printable(JSON.stringify(value));
}
