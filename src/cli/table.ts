import { rowsByScore, valuesOf } from '../analysis/connections/rank.ts';
import type { Report, ScoreName } from '../analysis/report.ts';
import { textsOf } from '../analysis/report.ts';
import { LEAST_STEADY_SCORE } from '../analysis/scores/rhythm-sentence.ts';
import { duration } from '../export/duration.ts';
import { printable } from '../export/printable.ts';

const HEADINGS = ['interval', 'jitter', 'flows', 'source', 'destination', 'port', 'sent'];
/** Columns of numbers, aligned to the right. */
const NUMBERS = new Set([0, 1, 2, 3, 6, 7]);
const LONGEST_DESTINATION = 48;
const BATCH_ROWS = 1024;

/**
 * The ranked table in batches of lines: the score it is ranked by under its name, the rhythm's interval and jitter, flows,
 * source, destination with its name, port, bytes sent. Without connections, a line that says which limit hid them.
 */
export function* tableText(report: Report, score: ScoreName): Generator<string> {
  if (report.connections.length === 0) {
    yield `${emptyText(report)}\n`;
    return;
  }
  const rows = rowsByScore(report.connections, score);
  const cells = cellsOf(report, score);
  const headings = [score, ...HEADINGS];
  const widths = headings.map((heading) => heading.length);
  for (const row of rows) cells(row).forEach((cell, column) => { widths[column] = Math.max(widths[column], cell.length); });
  const line = (texts: string[]): string => {
    const padded = texts.map((text, column) => {
      return NUMBERS.has(column) ? text.padStart(widths[column]) : text.padEnd(widths[column]);
    });
    return `${padded.join('  ').trimEnd()}\n`;
  };
  yield line(headings);
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    yield Array.from(rows.subarray(start, start + BATCH_ROWS), (row) => line(cells(row))).join('');
  }
}

function cellsOf(report: Report, ranking: ScoreName): (row: number) => string[] {
  const { connections } = report;
  const { rhythm } = connections;
  const values = valuesOf(connections, ranking);
  const addresses = textsOf(report.addresses).map(printable);
  const names = textsOf(report.names).map(printable);
  return (row) => {
    const address = addresses[connections.destination[row]];
    const name = names[connections.name[row]];
    // Below a score that means anything, the interval would be that of chance.
    const steady = rhythm.score[row] >= LEAST_STEADY_SCORE;
    return [
      Number.isNaN(values[row]) ? '-' : values[row].toFixed(3),
      duration(steady ? rhythm.intervalS[row] * 1000 : Number.NaN),
      steady && !Number.isNaN(rhythm.jitter[row]) ? `${Math.round(rhythm.jitter[row] * 100)}%` : '-',
      String(connections.flows[row]),
      addresses[connections.source[row]],
      destination(address, name),
      `${connections.destinationPort[row]}${connections.otherPorts[row] > 0 ? '+' : ''}`,
      String(connections.bytesSent[row]),
    ];
  };
}

/** An address with its name behind it, the start of a long name left out: its end says whose it is. */
function destination(address: string, name: string): string {
  if (name === '' || name === address) return address;
  const room = Math.max(12, LONGEST_DESTINATION - address.length - 3);
  return `${address} (${name.length > room ? `...${name.slice(3 - room)}` : name})`;
}

function emptyText({ packets, flowPackets, flows, groups, largestGroup, settings }: Report): string {
  const read = `${counted(packets, 'packet')}, ${flowPackets} of them in ${counted(flows, 'flow')} of ${counted(groups, 'connection')}`;
  if (groups === 0) return `No connections: ${read}.`;
  return `No connection has more than ${counted(settings.minFlows, 'flow')}: ${read}; the largest has ${largestGroup} (--min-flows).`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
