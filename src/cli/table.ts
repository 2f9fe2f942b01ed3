import { nameWords } from '../analysis/flows/name-sources.ts';
import { unreadWords } from '../analysis/capture.ts';
import { plainDuration } from '../analysis/durations.ts';
import { rowsInOrder, valuesOf } from '../analysis/report/rank.ts';
import type { OrderName, Report } from '../analysis/report/report.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { BADGE_WORDS, BADGES } from '../analysis/triage/badge.ts';
import { takenWords } from '../analysis/triage/internal-addresses.ts';
import { WEAK_RHYTHM } from '../analysis/scores/rhythm-levels.ts';
import { LEVELS } from '../analysis/sessions/joined.ts';
import { asSentence, counted } from '../export/phrases.ts';
import { printable } from '../export/printable.ts';
import { type TriageValues, triageValues } from '../export/triage-values.ts';

const HEADINGS = ['in', 'interval', 'jitter', 'flows', 'source', 'destination', 'port', 'sent'];
/** Columns of text; the others are numbers, aligned to the right. */
const TEXTS: ReadonlySet<string> = new Set(['badge', 'in', 'source', 'destination', 'why']);
const LONGEST_DESTINATION = 48;
const BATCH_ROWS = 1024;

/**
 * The table in its order, in batches of lines: triage's points and badge, or the score it is ranked by; where the
 * rhythm was found, its interval and jitter, flows, source, destination with its name, port, bytes sent; and for triage
 * the reasons. All rows, or those given in their order. Below it, what was set aside, folded or cannot be judged.
 * Without connections, a line that says which limit hid them.
 */
export function* tableText(
  report: Report,
  order: OrderName,
  rows: Uint32Array = rowsInOrder(report.connections, order),
): Generator<string> {
  const unread = unreadWords(report.captures);
  if (unread !== '') yield `${printable(unread)}\n\n`;
  if (report.connections.length === 0) {
    yield `${emptyText(report)}\n`;
    return;
  }
  if (rows.length === 0) {
    yield `None of ${counted(report.connections.length, 'connection')} meets the filter (--filter).\n`;
    return;
  }
  const { cells, reason } = cellsOf(report, order);
  const headings = order === 'triage' ? ['points', 'badge', ...HEADINGS] : [order, ...HEADINGS];
  const isText = headings.map((heading) => TEXTS.has(heading));
  const widths = headings.map((heading) => heading.length);
  for (const row of rows) {
    const texts = cells(row);
    for (let column = 0; column < texts.length; column++)
      widths[column] = Math.max(widths[column], texts[column].length);
  }
  // The reasons come last: how long they are moves nothing.
  const line = (texts: string[], last: string): string => {
    let padded = '';
    for (let column = 0; column < texts.length; column++) {
      const text = texts[column];
      padded += `${isText[column] ? text.padEnd(widths[column]) : text.padStart(widths[column])}  `;
    }
    return `${(padded + last).trimEnd()}\n`;
  };
  yield line(headings, order === 'triage' ? 'why' : '');
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    yield Array.from(rows.subarray(start, start + BATCH_ROWS), (row) => line(cells(row), reason(row))).join('');
  }
  const { length } = report.connections;
  if (rows.length < length) yield `\n${rows.length} of ${counted(length, 'connection')} meet the filter.\n`;
  if (order === 'triage') yield notes(report);
}

/** The cells of a row, and for triage its reasons, which take longer than all else. */
interface Cells {
  cells: (row: number) => string[];
  reason: (row: number) => string;
}

function cellsOf(report: Report, order: OrderName): Cells {
  const shared = sharedCells(report);
  if (order !== 'triage') {
    const values = valuesOf(report.connections, order);
    return {
      cells: (row) => [Number.isNaN(values[row]) ? '-' : values[row].toFixed(3), ...shared(row)],
      reason: () => '',
    };
  }
  const triageOf = triageValues(report);
  const { total, badge, setAside } = report.connections.triage;
  return {
    cells: (row) => [
      String(total[row]),
      setAside[row] === 1 ? 'set aside' : BADGE_WORDS[BADGES[badge[row]]],
      ...shared(row),
    ],
    reason: (row) => printable(reasons(triageOf(row))),
  };
}

/** "+3 steady rhythm, +2 TLS on port 8043; twin of 203.0.113.11 80". */
function reasons({ lines, twinOf }: TriageValues): string {
  const sum = lines.map(({ points, phrase }) => `${points > 0 ? '+' : ''}${points} ${phrase}`).join(', ');
  return [sum, twinOf === '' ? '' : `twin of ${twinOf}`].filter((part) => part !== '').join('; ');
}

function sharedCells({ connections, ...report }: Report): (row: number) => string[] {
  const { joined } = connections;
  const addresses = textsOf(report.addresses).map(printable);
  const names = textsOf(report.names).map(printable);
  const through = (row: number): string =>
    connections.through[row] === 0
      ? ''
      : ` through ${addresses[connections.through[row] - 1]}:${connections.throughPort[row]}`;
  return (row) => {
    const address = addresses[connections.destination[row]];
    const name = names[connections.name[row]];
    // Below a score that means anything, the interval would be that of chance.
    const steady = joined.score[row] >= WEAK_RHYTHM;
    return [
      steady ? LEVELS[joined.level[row]] : '-',
      plainDuration(steady ? joined.intervalS[row] * 1000 : Number.NaN),
      steady && !Number.isNaN(joined.jitter[row]) ? `${Math.round(joined.jitter[row] * 100)}%` : '-',
      String(connections.flows[row]),
      addresses[connections.source[row]],
      destination(address, name, nameWords(connections.nameSource[row], connections.destinationPort[row])) +
        through(row),
      `${connections.destinationPort[row]}${connections.otherPorts[row] > 0 ? '+' : ''}`,
      String(connections.bytesSent[row]),
    ];
  };
}

/** An address with its name behind it, the start of a long name left out: its end says whose it is. */
function destination(address: string, name: string, words: string): string {
  if (name === '' || name === address) return address;
  const about = words === '' ? '' : `${words} `;
  const room = Math.max(12, LONGEST_DESTINATION - address.length - about.length - 3);
  return `${address} (${about}${name.length > room ? `...${name.slice(3 - room)}` : name})`;
}

function notes({ triage }: Report): string {
  const said = [
    triage.setAside > 0 ? `${counted(triage.setAside, 'connection')} set aside by the allow list, at the end.` : '',
    triage.watchHits > 0 ? `${counted(triage.watchHits, 'connection')} on the watch list.` : '',
    triage.internalTaken === null ? '' : `${takenWords(triage.internalTaken)} (--internal LIST says what is).`,
    triage.prevalenceGap === '' ? '' : asSentence(triage.prevalenceGap),
  ].filter((note) => note !== '');
  return said.length === 0 ? '' : `\n${said.join('\n')}\n`;
}

function emptyText({ packets, flowPackets, flows, groups, largestGroup, settings }: Report): string {
  const connections = counted(groups, 'connection');
  // Logs have flows without packets.
  const within = packets === 0 ? '' : `${counted(packets, 'packet')}, ${flowPackets} of them in `;
  const read = `${within}${counted(flows, 'flow')} of ${connections}`;
  if (groups === 0) return packets === 0 ? 'No connections.' : `No connections: ${read}.`;
  return (
    `No connection has more than ${counted(settings.minFlows, 'flow')}: ${read}; the largest has ${largestGroup} ` +
    '(--min-flows).'
  );
}
