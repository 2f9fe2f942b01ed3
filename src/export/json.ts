import { rowsByScore } from '../analysis/connections/rank.ts';
import { unscoredReason } from '../analysis/connections/sentence.ts';
import type { Report, ScoreName } from '../analysis/report.ts';
import { NAME_SOURCES, textsOf } from '../analysis/report.ts';
import { NOTEBOOK_COLUMNS } from '../analysis/scores/notebook.ts';
import { EXPORTED_NAMES, EXPORTED_SCORES, scoreValues } from '../export/score-columns.ts';
import { printable } from './printable.ts';

const BATCH_ROWS = 1024;

/**
 * The report as one JSON object on one line, in batches of text: the captures with their warnings, the number of flows,
 * and the listed connections, highest `score` first, under NFStream's and the notebook's names, with the other scores
 * nested under their own. A value there is none of is null.
 */
export function* jsonText(report: Report, score: ScoreName): Generator<string> {
  const captures = report.captures.map(({ file, format, compression, packets, bytes, comments, warnings, flows, lacks }) => ({
    file, format, compression, packets, bytes, comments, flows, lacks,
    warnings: warnings.map(({ kind, offset, message }) => ({ kind, offset, message })),
  }));
  yield `{"captures":${toJson(captures)},"flows":${report.flows},"connections":[`;
  const rows = rowsByScore(report.connections, score);
  const connectionOf = connections(report);
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const batch = Array.from(rows.subarray(start, start + BATCH_ROWS), (row) => toJson(connectionOf(row)));
    yield (start === 0 ? '' : ',') + batch.join(',');
  }
  yield ']}\n';
}

function connections(report: Report): (row: number) => Record<string, unknown> {
  const table = report.connections;
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  return (row) => ({
    src_ip: addresses[table.source[row]],
    dst_ip: addresses[table.destination[row]],
    dst_port: table.destinationPort[row],
    protocol: table.protocol[row],
    other_protocols: table.otherProtocols[row],
    other_dst_ips: table.otherDestinations[row],
    other_dst_ports: table.otherPorts[row],
    requested_server_name: table.name[row] === 0 ? null : names[table.name[row]],
    requested_server_name_source: table.nameSource[row] === 0 ? null : NAME_SOURCES[table.nameSource[row]],
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
    ...Object.fromEntries(EXPORTED_SCORES.map((exported) => {
      const values = scoreValues(table, exported, row);
      return [exported, Object.fromEntries(EXPORTED_NAMES[exported].map((name, place) => [name, values[place]]))];
    })),
  });
}

/** JSON leaves some characters as they are that steer a terminal; escaped they are the same JSON. */
function toJson(value: unknown): string {
  return printable(JSON.stringify(value));
}
