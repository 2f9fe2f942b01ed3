import type { ConnectionDetail } from '../../analysis/connections/connection-detail.ts';
import { rhythmLead } from '../../analysis/report/row-facts.ts';
import { formatDuration } from '../../analysis/durations.ts';
import { protocolName } from '../../analysis/net/protocol-names.ts';
import type { Report } from '../../analysis/report/report.ts';
import { percentile } from '../../analysis/scores/statistics.ts';
import { addressWithName, asSentence } from '../../export/phrases.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import type { TimeZone } from '../../state/view.ts';
import { deltasOf } from '../charts/deltas.ts';
import { formatBytes, formatCount, formatCounted } from '../text/format.ts';
import { dateDetailOf, spokenTime } from '../text/timestamps.ts';

/** The answer first: the rhythm that the row is ranked by as a sentence. */
export function leadOf({ connections }: Report, row: number): string {
  return asSentence(rhythmLead(connections, row));
}

/** What else there is to say of a connection before any chart: who, how often and how much. */
export function sentencesOf(
  report: Report,
  texts: RowTexts,
  row: number,
  detail: ConnectionDetail,
  zone: TimeZone,
): string[] {
  const { connections } = report;
  const first = connections.firstSeenMs[row];
  const last = connections.lastSeenMs[row];
  const dates = dateDetailOf(report.firstMs ?? first, report.lastMs ?? last, zone);
  const [start, end] = [first, last].map((ms) => spokenTime(ms, zone, dates));
  const through = texts.through(row) === '' ? '' : `, through the proxy ${texts.through(row)}`;
  const where = addressWithName(texts.destination(row), texts.destinationLabel(row));
  return [
    `${formatCounted(detail.length, 'flow')} from ${texts.source(row)} to ${where}, ` +
      `${endOf(connections.protocol[row], connections.destinationPort[row])}${others(report, row)}${through}, ` +
      (start === end ? `at ${start}.` : `between ${start} and ${end}.`),
    spreadOf(deltasOf(detail.startMs)),
    `${formatBytes(connections.bytesSent[row])} sent in ` +
      `${formatCounted(connections.packetsSent[row], 'packet')}, ${formatBytes(connections.bytesReceived[row])} ` +
      `received in ${formatCount(connections.packetsReceived[row])}.`,
  ];
}

/** What a grouping by less than the port brings together. */
function others({ connections }: Report, row: number): string {
  const parts = [
    [connections.otherPorts[row], 'port'],
    [connections.otherDestinations[row], 'destination'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => formatCounted(count, `other ${what}`));
  return said.length === 0 ? '' : ` and ${said.join(' and ')}`;
}

/** Protocols without ports have port 0. */
function endOf(protocol: number, port: number): string {
  return port === 0 ? protocolName(protocol) : `${protocolName(protocol)} port ${port}`;
}

/** Where the middle half of the deltas lies. */
function spreadOf(deltas: Float64Array): string {
  if (deltas.length === 0) return 'It was seen once, so there is no time between flows.';
  const sorted = deltas.toSorted();
  const low = formatDuration(percentile(sorted, 0.25));
  const middle = formatDuration(percentile(sorted, 0.5));
  const high = formatDuration(percentile(sorted, 0.75));
  const longest = formatDuration(sorted[sorted.length - 1]);
  const half =
    low === high
      ? `half of the times between flows are ${low}`
      : `half of the times between flows lie between ${low} and ${high}`;
  return `A flow every ${middle} (median); ${half}, the longest is ${longest}.`;
}
