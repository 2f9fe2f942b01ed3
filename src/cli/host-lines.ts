import { isConnection } from './connection-ends.ts';
import { HostRows } from '../analysis/hosts/host-rows.ts';
import { reportHeadline } from '../analysis/report/row-facts.ts';
import type { Report } from '../analysis/report/report.ts';
import { storyTime } from '../export/hosts.ts';
import { namedConnections } from '../export/paste/connection.ts';
import { printable } from '../export/printable.ts';

/** Sentences of the first host's story that are printed. */
const MOST_LINES = 12;

/** The answer in short: the first host to look at, who it is and what it did; or that nothing is to be read first. */
export function hostLines(report: Report): string[] {
  const rows = new HostRows(report.hosts);
  const headline = reportHeadline(report, rows);
  if (headline.kind === 'none') return [`${printable(headline.text)}\n`];
  if (headline.kind === 'connection') {
    const { source, destination, port } = namedConnections(report)(headline.row);
    return [`Read first: ${source} -> ${destination} port ${port}${withMore(headline.more)}\n`];
  }
  const { host, group, title, more } = headline;
  const known = (['system', 'mac', 'vendor'] as const)
    .map((column) => rows.text(column, host))
    .filter((text) => text !== '');
  const story = rows.story(host);
  const lines = story.slice(0, MOST_LINES).map((line) => `  ${storyTime(line)}  ${line.text}`);
  const left = story.length - lines.length;
  return [
    `Look first at ${title}, ${report.hosts.points[host]} points${withMore(more)} (--hosts)`,
    ...(known.length === 0 ? [] : [`  ${known.join(', ')}`]),
    ...lines,
    ...(left > 0 ? [`  and ${left} more`] : []),
    ...nextLine(report, report.connections.group.indexOf(group)),
  ].map((line) => `${printable(line)}\n`);
}

/** How to go on with the connection that the host is told for. */
function nextLine(report: Report, row: number): string[] {
  if (row < 0) return [];
  const { source, destination, port } = namedConnections(report)(row);
  const ends = `${source},${destination},${port}`;
  // It is to be pasted into a shell: nothing but addresses and plain names.
  if (!isConnection(ends)) return [];
  const said = report.packets === 0 ? '' : '--requests - (what was said) or ';
  return [`  next: --connection ${ends} with ${said}--lines - (to find it in other tools)`];
}

function withMore(more: string): string {
  return more === '' ? '' : `; ${more}`;
}
