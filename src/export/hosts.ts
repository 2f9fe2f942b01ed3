import { HostRows } from '../analysis/hosts/host-rows.ts';
import { HOST_FIELDS, HOST_SCHEMA } from '../analysis/hosts/schema.ts';
import type { StoryLine } from '../analysis/hosts/story-columns.ts';
import { SOURCE_WORDS } from '../analysis/hosts/story.ts';
import { type Case, NO_CASE, type Remark } from '../analysis/report/case.ts';
import type { Report } from '../analysis/report/report.ts';
import type { ExportedList } from './lists.ts';
import { escaped } from './markup.ts';
import { namedConnections } from './paste/connection.ts';
import { hostRemarks } from '../analysis/report/row-remarks.ts';
import { remarkFields } from './remarks.ts';
import { facts, remarkFacts } from './report-connection.ts';
import { timeText, valueText } from './value-text.ts';

/** Hosts that a report tells the story of. */
const TOLD_HOSTS = 10;

/** The hosts as a table, those to look at first before the others; the story is one cell, what was said of them comes last. */
export function hostList(report: Report, remarks: Case = NO_CASE): ExportedList {
  const rows = new HostRows(report.hosts);
  const said = remarkFields(remarks, hostRemarks(report, remarks));
  return {
    columns: [...HOST_FIELDS.map((column) => HOST_SCHEMA[column].name), 'story', ...said.map(({ name }) => name)],
    length: report.hosts.length,
    row: (row) => [
      ...HOST_FIELDS.map((column) => rows.value(column, row)),
      rows
        .story(row)
        .map((line) => `${storyTime(line)} ${line.text}`)
        .join(' | '),
      ...said.map(({ of }) => of(row)),
    ],
  };
}

/**
 * The hosts as objects: with what was told of who they are, their story with the connection of each sentence, and where
 * something was said of any a `remark`.
 */
export function hostObjects(report: Report, remarks: Case = NO_CASE): (row: number) => Record<string, unknown> {
  const remarkOf = hostRemarks(report, remarks);
  const rows = new HostRows(report.hosts);
  const connectionOf = namedConnections(report);
  const rowOf = new Map(Array.from(report.connections.group, (group, row) => [group, row]));
  return (row) => ({
    ...Object.fromEntries(HOST_FIELDS.map((column) => [HOST_SCHEMA[column].name, rows.value(column, row)])),
    identities: rows.identities(row).map(({ kind, source, text, firstMs, lastMs }) => {
      return { kind, source, text, first_seen_ms: firstMs, last_seen_ms: lastMs };
    }),
    story: rows.story(row).map(({ kind, atMs, untilMs, text, group }) => {
      const listed = rowOf.get(group);
      const connection = listed === undefined ? null : connectionOf(listed);
      return {
        kind,
        first_seen_ms: atMs,
        last_seen_ms: untilMs,
        text,
        connection:
          connection === null
            ? null
            : { src_ip: connection.source, dst_ip: connection.destination, dst_port: connection.port },
      };
    }),
    ...(remarks.size === 0 ? {} : { remark: remarkOf(row) }),
  });
}

/** When a sentence's deed began, and when it ended where that is later: "2026-01-31 10:00:00 UTC to ...". */
export function storyTime({ atMs, untilMs }: Pick<StoryLine, 'atMs' | 'untilMs'>): string {
  const [start, end] = [timeText(atMs), timeText(untilMs)];
  return start === end ? start : `${start.slice(0, -4)} to ${end}`;
}

/** The hosts with findings in HTML, and those that something was said of: who they are and what they did; '' without any. */
export function hostSections(report: Report, remarks: Case): string {
  const rows = new HostRows(report.hosts);
  const remarkOf = hostRemarks(report, remarks);
  const all = Array.from({ length: report.hosts.length }, (_, row) => row);
  const found = all.filter((row) => report.hosts.findings[row] > 0);
  const shown = new Set(found.slice(0, TOLD_HOSTS));
  const told = all.filter((row) => shown.has(row) || remarkOf(row) !== null);
  if (told.length === 0) return '';
  const more = found.length - told.filter((row) => report.hosts.findings[row] > 0).length;
  const sections = told.map((row) => hostSection(rows, row, remarkOf(row)));
  return `<h2>Hosts</h2>\n${sections.join('\n')}${more > 0 ? `<p>${more} more have findings.</p>\n` : ''}`;
}

function hostSection(rows: HostRows, row: number, remark: Remark | null): string {
  const shown = HOST_FIELDS.filter((column) => column !== 'why').map((column): [string, string] => {
    return [HOST_SCHEMA[column].title, valueText(HOST_SCHEMA[column], rows.value(column, row))];
  });
  const identities = rows.identities(row).map(({ kind, source, text }) => `${kind}: ${text} (${SOURCE_WORDS[source]})`);
  const story = rows.story(row).map((line) => `<li>${escaped(storyTime(line))}: ${escaped(line.text)}</li>`);
  return `<section><h3>${escaped(rows.title(row))}</h3>
${remarkFacts(remark)}${facts([...shown.filter(([, value]) => value !== ''), ['Told by', identities.join('; ') || 'nothing']])}
<ol>${story.join('')}</ol></section>`;
}
