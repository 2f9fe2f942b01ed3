import { plainDuration } from '../analysis/durations.ts';
import { nameWords, sourceIndex } from '../analysis/flows/name-sources.ts';
import { rhythmLead } from '../analysis/report/row-facts.ts';
import type { Report } from '../analysis/report/report.ts';
import type { ConnectionDetail } from '../analysis/connections/connection-detail.ts';
import type { CaptureSummary } from '../analysis/capture.ts';
import { SCORES } from '../analysis/scores/unscored.ts';
import { takenWords } from '../analysis/triage/internal-addresses.ts';
import { hostSections } from './hosts.ts';
import { indicatorsOf } from './indicators.ts';
import { leftOutOf } from './left-out.ts';
import { escaped } from './markup.ts';
import { namedConnections } from './paste/connection.ts';
import { addressWithName } from './phrases.ts';
import { connectionSection, facts, SCORE_LABELS, scoreText } from './report-connection.ts';
import { dnsSection } from './report-dns.ts';
import { indicatorSection } from './report-indicators.ts';
import { REPORT_STYLE } from './report-style.ts';
import { timeText } from './value-text.ts';
import { triageValues } from './triage-values.ts';
import { type Case, NO_CASE } from '../analysis/report/case.ts';
import { remarksOf } from '../analysis/report/row-remarks.ts';
import { remarkText } from './remarks.ts';

const BATCH_ROWS = 512;
/** A cell of the table: addresses and names break where there is no room, numbers never, sentences have some. */
type Cell = [text: string, kind?: 'end' | 'short' | 'words'];
/** Nothing is fetched and nothing runs, whatever a capture says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export interface ReportContent {
  report: Report;
  /** Rows of `report.connections` in the order of the table. */
  rows: ArrayLike<number>;
  /** Rows of `report.dns` that indicators may come from; all of them where it is left out. */
  dns?: Iterable<number>;
  /** The connections that are shown in full. */
  chosen: readonly { row: number; detail: ConnectionDetail }[];
  /** SHA-256 of each file by its name, in hexadecimal; a file without one was not digested. */
  digests: ReadonlyMap<string, string>;
  /** What was said of connections, hosts and domains. */
  remarks?: Case;
  /** The program's version, and when the report is made, in milliseconds since 1970. */
  version: string;
  madeMs: number;
}

/**
 * A report as one HTML file, in pieces of text: capture facts, settings, hosts with their stories, domains that something was said of, the table, indicators, and each chosen connection with its
 * sentence, scores, charts and lines to paste. It has no script, fetches nothing, and prints.
 */
export function* reportHtml(content: ReportContent): Generator<string> {
  const { report, rows, chosen, digests, version, madeMs, remarks = NO_CASE } = content;
  const remarkOf = remarksOf(report, remarks);
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Beaconscope report</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<h1>Beaconscope report</h1>
${facts([
  ['Made', timeText(madeMs)],
  ['By', `Beaconscope ${version}`],
  ['First packet or flow', timeText(report.firstMs)],
  ['Last', timeText(report.lastMs)],
  ...lookedAt(report),
  ['Packets', String(report.packets)],
  ['Flows', String(report.flows)],
  ['Connections', String(report.groups)],
])}
<h2>Files</h2>
${report.captures.map((capture) => captureSection(capture, digests)).join('\n')}
<h2>Settings</h2>
${settings(report)}
${leftOut(report)}`;
  yield hostSections(report, remarks);
  yield dnsSection(report, remarks);
  yield '<h2>Connections</h2>\n';
  yield* table(report, rows, remarks);
  const { dns = Array.from({ length: report.dns.length }, (_, row) => row) } = content;
  const indicators = indicatorsOf(report, { connections: Uint32Array.from(rows), dns }, remarks);
  yield indicatorSection(indicators, madeMs);
  const techniques = new Map(indicators.connections.map(({ row, techniques: own }) => [row, own]));
  if (chosen.length > 0) yield '<h2>Chosen connections</h2>\n';
  const connectionOf = namedConnections(report);
  for (const { row, detail } of chosen)
    yield connectionSection(report, row, detail, connectionOf(row), remarkOf(row), techniques.get(row) ?? []);
  yield '</body>\n</html>\n';
}

/** What did not fit into the report's lists; '' where they are whole. */
function leftOut(report: Report): string {
  const items = leftOutOf(report).map(({ words }) => `<li>${escaped(words)}</li>`);
  return items.length === 0 ? '' : `<h2>Left out</h2>\n<ul>${items.join('')}</ul>\n`;
}

/** The part of the time that the report is about, where it is not about all of it. */
function lookedAt({ range }: Report): [string, string][] {
  if (range === null) return [];
  const { fromMs, toMs } = range;
  const bounds = [
    ...(Number.isFinite(fromMs) ? [`from ${timeText(fromMs)}`] : []),
    ...(Number.isFinite(toMs) ? [`to ${timeText(toMs)}`] : []),
  ];
  return [['Only flows that began', bounds.join(' ')]];
}

function captureSection(capture: CaptureSummary, digests: ReadonlyMap<string, string>): string {
  const { file, format, compression, packets, flows, bytes, firstMs, lastMs, warnings, lacks } = capture;
  const notes = [...(lacks ?? []).map((lack) => `it does not have ${lack}`), ...warnings.map(warningText)];
  return `<section><h3>${escaped(file)}</h3>
${facts([
  ['Format', `${format ?? 'not read'}${compression === null ? '' : `, packed with ${compression}`}`],
  flows === undefined ? ['Packets', String(packets)] : ['Flows', String(flows)],
  ['Bytes read', String(bytes)],
  ['First', timeText(firstMs)],
  ['Last', timeText(lastMs)],
  ['SHA-256', digests.get(file) ?? 'not computed'],
])}
${notes.length === 0 ? '' : `<ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>`}</section>`;
}

function warningText({ message, offset }: CaptureSummary['warnings'][number]): string {
  return offset === null ? message : `${message} (byte ${offset})`;
}

function settings(report: Report): string {
  const { settings: used, triage } = report;
  return facts([
    ['A flow ends after silence of', plainDuration(used.idleTimeoutMs)],
    ['A flow is cut after', plainDuration(used.activeTimeoutMs)],
    ['Listed are connections with more flows than', String(used.minFlows)],
    ['And for their points, however few their flows', String(report.pointsOnly)],
    ['The notebook scores those with more than', String(used.notebookMinFlows)],
    ['Flows of a connection share', used.grouping],
    ['Internal are', inside(report)],
    ['Set aside by the list, looked for', `${triage.allow.entries} entries, ${triage.watch.entries} entries`],
    ['Tunnels are opened', used.openTunnels ? 'all that are known' : 'those that NFStream opens'],
  ]);
}

/** The networks that count as inside, without the remarks beside them, and what was taken as one of them. */
function inside({ settings: { internal: text }, triage: { internalTaken } }: Report): string {
  const listed = text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .join(', ');
  return internalTaken === null ? listed : `${listed}; ${takenWords(internalTaken)}`;
}

function* table(report: Report, rows: ArrayLike<number>, remarks: Case): Generator<string> {
  const { connections } = report;
  const connectionOf = namedConnections(report);
  const triageOf = triageValues(report);
  const remarkOf = remarksOf(report, remarks);
  const headings = [
    'Triage',
    'Source',
    'Destination',
    'Port',
    'Flows',
    'Median delta',
    ...SCORES.map((score) => SCORE_LABELS[score]),
    'Rhythm in words',
    ...(remarks.size === 0 ? [] : ['Verdict, tags and note']),
  ];
  yield `<p>${rows.length} of ${connections.length} listed connections.</p>
<table><thead><tr>${headings.map((heading) => `<th>${escaped(heading)}</th>`).join('')}</tr></thead>
<tbody>
`;
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const lines: string[] = [];
    for (let place = start; place < Math.min(rows.length, start + BATCH_ROWS); place++) {
      const row = rows[place];
      const { source, destination, name, nameSource, port } = connectionOf(row);
      const { total, badge, setAside } = triageOf(row);
      const cells: Cell[] = [
        [`${total} ${setAside ? 'set aside' : badge}`],
        [source, 'end'],
        [addressWithName(destination, name, nameWords(sourceIndex(nameSource), port)), 'end'],
        [String(port), 'short'],
        [String(connections.flows[row]), 'short'],
        [plainDuration(connections.medianDeltaMs[row]), 'short'],
        ...SCORES.map((score): Cell => [scoreText(report, score, row)]),
        [rhythmLead(connections, row), 'words'],
        ...(remarks.size === 0 ? [] : [[remarkText(remarkOf(row)), 'words'] as Cell]),
      ];
      lines.push(
        `<tr>${cells.map(([text, kind = 'text']) => `<td class="${kind}">${escaped(text)}</td>`).join('')}</tr>\n`,
      );
    }
    yield lines.join('');
  }
  yield '</tbody></table>\n';
}
