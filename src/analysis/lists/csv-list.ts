import { isRefusal } from '../net/network.ts';
import { parseIndicator } from './indicator.ts';
import { type List, ListBuilder } from './list.ts';
import { linesOf, shortened } from './plain-list.ts';

/** Headings of a column of indicators, the telling ones first, and of one that says what they are. */
const INDICATOR_HEADINGS = [
  'indicator',
  'ioc',
  'ioc_value',
  'indicator_value',
  'observable',
  'value',
  'dst_ip',
  'ip',
  'ip_address',
  'dstip',
  'ipv4',
  'address',
  'domain',
  'hostname',
  'host',
  'fqdn',
  'ja3',
  'ja3_md5',
  'ja4',
  'url',
];
const NOTE_HEADINGS = [
  'note',
  'comment',
  'description',
  'malware',
  'malware_printable',
  'family',
  'listingreason',
  'threat_type',
  'tags',
];

/** Characters of a cell in quotes that are looked at: no indicator and no note has more. */
const LONGEST_CELL = 1 << 13;
/** Columns of a table that are looked at. */
const MOST_HEADINGS = 1000;

/** Where the columns of a table are. */
interface Columns {
  separator: string;
  indicator: number;
  /** -1 without one. */
  note: number;
  /** Line of the headings, from 0. */
  heading: number;
}

/** The columns of a table of indicators, null where a text is none: its first line of cells has a known heading. */
export function csvColumns(text: string): Columns | null {
  let heading = -1;
  for (const line of linesOf(text.slice(0, 65_536))) {
    heading++;
    // Feeds comment on themselves above the headings, and some comment out the headings too.
    const bare = line.replace(/^#\s*/, '');
    for (const separator of [',', ';', '\t']) {
      const headings = cellsOf(bare, separator, MOST_HEADINGS).map((cell) =>
        cell.trim().toLowerCase().replaceAll(/[ -]/g, '_'),
      );
      const indicator = firstOf(INDICATOR_HEADINGS, headings);
      if (headings.length > 1 && indicator >= 0)
        return { separator, indicator, note: firstOf(NOTE_HEADINGS, headings), heading };
    }
    if (line.trim() !== '' && !line.startsWith('#')) return null;
  }
  return null;
}

/** Reads the column of indicators of a table. Cells with a line break in them are not read as one. */
export function readCsv(text: string, { separator, indicator: column, note, heading }: Columns): List {
  const builder = new ListBuilder();
  const most = Math.max(column, note) + 1;
  let number = 0;
  for (const line of linesOf(text)) {
    number++;
    if (number <= heading + 1 || line.trim() === '' || line.startsWith('#')) continue;
    const cells = cellsOf(line, separator, most);
    const cell = cells[column]?.trim() ?? '';
    const indicator = parseIndicator(cell);
    const hasRoom = isRefusal(indicator)
      ? builder.problem(number, `"${shortened(cell)}": ${indicator.reason}`)
      : builder.add(number, indicator, cells[note] ?? '');
    if (!hasRoom) break;
  }
  return builder.list;
}

/** The first cells of one line (RFC 4180); a cell in quotes may hold separators and doubled quotes. */
function cellsOf(line: string, separator: string, most: number): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length && cells.length < most;) {
    const start = at;
    if (line[at] === '"') {
      for (at++; at < line.length && (line[at] !== '"' || line[at + 1] === '"'); at++) if (line[at] === '"') at++;
      cells.push(line.slice(start + 1, Math.min(at, start + LONGEST_CELL)).replaceAll('""', '"'));
    }
    const end = line.indexOf(separator, at);
    const next = end < 0 ? line.length : end;
    if (line[start] !== '"') cells.push(line.slice(start, next));
    at = next + 1;
  }
  return cells;
}

function firstOf(wanted: readonly string[], headings: readonly string[]): number {
  return wanted.map((heading) => headings.indexOf(heading)).find((place) => place >= 0) ?? -1;
}
