import { createHash } from 'node:crypto';
import type { ByteSource } from 'pcap-ts-parser';
import type { Analysis } from '../analysis/report/analysis.ts';
import { canonicalAddress, readAddress } from '../analysis/net/address.ts';
import { type Case, NO_CASE } from '../analysis/report/case.ts';
import { caseText } from '../analysis/report/case-file.ts';
import type { FlowColumns } from '../analysis/flows/columns.ts';
import type { Report } from '../analysis/report/report.ts';
import { keptPacketsOf } from '../evidence/keep-packets.ts';
import { carve, type ConnectionEnds } from '../export/carve.ts';
import { connectionsCsv, flowsCsv } from '../export/csv.ts';
import { digestsOf, digestsRead } from '../export/digest.ts';
import { hostList } from '../export/hosts.ts';
import { hostsJsonText } from '../export/json.ts';
import { dnsList, listCsv, longList, rowsOf } from '../export/lists.ts';
import { connectionsParquet, flowsParquet } from '../export/parquet.ts';
import { namedConnections, pastedConnection } from '../export/paste/connection.ts';
import { leftOutOfLines, pasteLines } from '../export/paste/lines.ts';
import { indicatorsOf, indicatorText } from '../export/indicators.ts';
import { stixBundle } from '../export/stix.ts';
import { counted } from '../export/phrases.ts';
import { type ReportContent, reportHtml } from '../export/report.ts';
import type { AnalyzeCommand } from './arguments.ts';
import { UsageError } from './connection-ends.ts';
import type { ListedRows } from './listed-rows.ts';
import { type TextOutput, writePieces } from './output.ts';
import { JSON_NAME, requestTexts } from './requests.ts';
import { savedBaseline } from '../saved/baselines.ts';
import { type OpenedAnalysis, savedAnalysis } from '../saved/saved.ts';
import { PROGRAM_VERSION } from './usage.ts';

const PARQUET_NAME = /\.parquet$/i;
/** Connections that a report shows in full where none were chosen. */
export const FIRST_ROWS = 10;

/** What a command's files came to. */
export interface Analyzed {
  /** As they lie on the disk, and what is read of them, files of archives among it. */
  files: readonly ByteSource[];
  sources: readonly ByteSource[];
  /** Where the only file is a saved analysis; else null. */
  saved: OpenedAnalysis | null;
  /** What was said in it. */
  remarks: Case;
  analysis: Analysis;
  report: Report;
  rows: ListedRows;
  /** Says what a file lacks. */
  warn: (problem: string) => void;
}

/**
 * What a command wants written, `--json` and the table left out. Throws a `UsageError` for a chosen connection there is
 * none of.
 */
export async function textOutputs(
  command: AnalyzeCommand,
  { files, sources, saved, remarks, analysis, report, rows, warn }: Analyzed,
): Promise<TextOutput[]> {
  const { flows, long, dns, requests } = command;
  const outputs: TextOutput[] = [];
  let computed: Promise<ReadonlyMap<string, string>> | null = null;
  const digests = (): Promise<ReadonlyMap<string, string>> => (computed ??= digestsFor(saved, files, sources));
  const chosen = (): Chosen =>
    chosenRows(command, report, rows).map((row) => ({ row, detail: analysis.detail(report.connections.group[row]) }));
  if (flows !== null) outputs.push(flowsText(flows, analysis.nfstreamFlows));
  if (long !== null) outputs.push({ place: long, pieces: listCsv(rowsOf(longList(report, remarks), rows.long)) });
  if (dns !== null) outputs.push({ place: dns, pieces: listCsv(rowsOf(dnsList(report, remarks), rows.dns)) });
  if (requests !== null)
    outputs.push({ place: requests, pieces: await requestTexts(report, chosen(), sources, command, warn) });
  outputs.push(...(await reportOutputs(command, { report, rows, remarks, chosen, digests })));
  if (command.save !== null) {
    const facts = {
      program: PROGRAM_VERSION,
      savedMs: Date.now(),
      digests: saved?.digests ?? digestsRead(await digests(), sources),
      remarks:
        command.cases.length === 0
          ? (saved?.remarks ?? '')
          : caseText(
              remarks,
              report.captures.map(({ file }) => file),
            ),
    };
    const groups = rows.connections.map((row) => report.connections.group[row]);
    const kept = command.withPackets ? await keptPacketsOf(analysis, groups, sources, analysis.parts.settings) : null;
    if (kept !== null && kept.unread !== '') warn(kept.unread);
    const pieces = savedAnalysis(analysis, { ...facts, packets: kept?.told ?? null }, kept?.pcapng ?? null);
    outputs.push({ place: command.save, pieces });
  }
  if (command.saveBaseline !== null)
    outputs.push({ place: command.saveBaseline, pieces: savedBaseline(analysis.ownBaseline()) });
  return outputs;
}

/** SHA-256 of the files that an analysis is of, by their names: as a saved one says, else computed. */
async function digestsFor(
  saved: OpenedAnalysis | null,
  files: readonly ByteSource[],
  sources: readonly ByteSource[],
): Promise<ReadonlyMap<string, string>> {
  if (saved === null) return digestsOf(files, sources, { newHasher: () => createHash('sha256') });
  return new Map(saved.digests.map(({ file, sha256 }) => [file, sha256]));
}

/** Where a command wants what is in a report; null for nowhere. */
type ReportPlaces = Pick<AnalyzeCommand, 'connections' | 'hosts' | 'lines' | 'indicators' | 'stix' | 'report'>;
/** Connections in full. */
export type Chosen = ReportContent['chosen'];

/** What is written of a report; what takes another look is asked for where it is wanted. */
export interface Reported {
  report: Report;
  rows: ListedRows;
  /** What was said of it. */
  remarks: Case;
  chosen: () => Chosen | Promise<Chosen>;
  /** SHA-256 of files by their names. */
  digests: () => Promise<ReadonlyMap<string, string>>;
}

/** What a command wants written of a report. Throws what `chosen` does. */
export async function reportOutputs(
  { connections, hosts, lines, indicators, stix, report: page }: ReportPlaces,
  { report, rows, remarks, chosen, digests }: Reported,
): Promise<TextOutput[]> {
  const outputs: TextOutput[] = [];
  if (connections !== null) outputs.push(connectionsText(connections, report, rows.connections, remarks));
  if (hosts !== null) outputs.push(hostsText(hosts, report, rows.hosts, remarks));
  const inFull = (lines ?? page) === null ? [] : await chosen();
  if (lines !== null) outputs.push({ place: lines, pieces: linesOf(report, inFull) });
  const found = (stix ?? indicators) === null ? { connections: [], domains: [] } : indicatorsOf(report, rows, remarks);
  if (stix !== null) outputs.push({ place: stix, pieces: stixBundle(found, Date.now()) });
  if (indicators !== null) outputs.push({ place: indicators, pieces: indicatorText(found) });
  if (page !== null) outputs.push(pageText(page, report, rows, inFull, await digests(), remarks));
  return outputs;
}

/** Flows as CSV, or as Parquet where the place is called so. */
export function flowsText(place: string, flows: FlowColumns): TextOutput {
  return { place, pieces: PARQUET_NAME.test(place) ? flowsParquet(flows) : flowsCsv(flows) };
}

/** Rows of connections as CSV, or as Parquet where the place is called so. */
function connectionsText(place: string, report: Report, rows: Uint32Array, remarks?: Case): TextOutput {
  const write = PARQUET_NAME.test(place) ? connectionsParquet : connectionsCsv;
  return { place, pieces: write(report, rows, remarks) };
}

/** Rows of hosts as CSV, or as JSON with identities and stories apart where the place is called so. */
function hostsText(place: string, report: Report, rows: Uint32Array, remarks: Case): TextOutput {
  const pieces = JSON_NAME.test(place)
    ? hostsJsonText(report, remarks, rows)
    : listCsv(rowsOf(hostList(report, remarks), rows));
  return { place, pieces };
}

/** A report as one HTML file, with some connections in full. */
export function pageText(
  place: string,
  report: Report,
  rows: Pick<ListedRows, 'connections' | 'dns'>,
  chosen: Chosen,
  digests: ReadonlyMap<string, string> = new Map(),
  remarks: Case = NO_CASE,
): TextOutput {
  const { connections, dns } = rows;
  const content = {
    report,
    rows: connections,
    dns,
    chosen,
    digests,
    remarks,
    version: PROGRAM_VERSION,
    madeMs: Date.now(),
  };
  return { place, pieces: reportHtml(content) };
}

/** Carves the packets of the chosen connections into a file; resolves with a line that says how many there were. */
export async function carveTo(
  file: string,
  sources: readonly ByteSource[],
  analysis: Analysis,
  report: Report,
  { chosen, settings }: AnalyzeCommand,
): Promise<string> {
  const wanted = chosen.flatMap((ends) => packetEndsOf(ends, analysis, report));
  const { packets, unread } = await writePieces(file, (write) => carve(sources, wanted, settings, write));
  return `${file}: ${counted(packets, 'packet')}${unread === '' ? '' : `. ${unread}`}`;
}

/** Where the packets of a chosen connection go: to the proxy where it is a host that one was asked for. */
function packetEndsOf(ends: ConnectionEnds, analysis: Analysis, report: Report): ConnectionEnds[] {
  if (readAddress(ends.destination) !== 0) return [ends];
  return rowsOfEnds(ends, report).flatMap((row) => {
    const detail = analysis.detail(report.connections.group[row]);
    return detail.ends.map(({ address, port }) => ({ source: ends.source, destination: address, port, flows: detail }));
  });
}

/**
 * Rows of the chosen connections, in the order of choice; the first ones in the command's order where none were chosen.
 */
function chosenRows({ chosen }: AnalyzeCommand, report: Report, rows: ListedRows): number[] {
  if (chosen.length === 0) return [...rows.connections.subarray(0, FIRST_ROWS)];
  return chosen.flatMap((ends) => rowsOfEnds(ends, report));
}

/** The listed rows between some ends. Throws a `UsageError` where there is none. */
function rowsOfEnds(ends: ConnectionEnds, report: Report): number[] {
  const connectionOf = namedConnections(report);
  const fitting = Array.from({ length: report.connections.length }, (_, row) => row).filter((row) =>
    fits(ends, connectionOf(row)),
  );
  if (fitting.length > 0) return fitting;
  throw new UsageError(
    `${ends.source},${ends.destination},${ends.port ?? '*'} is not among the listed connections: check its ends, or list more with a lower --min-flows`,
  );
}

function fits(
  ends: ConnectionEnds,
  { source, destination, port }: { source: string; destination: string; port: number },
): boolean {
  return (
    canonicalAddress(ends.source) === source &&
    (canonicalAddress(ends.destination) ?? ends.destination.toLowerCase()) === destination &&
    (ends.port === null || ends.port === port)
  );
}

/** What to paste into other tools to find some connections. */
function* linesOf(report: Report, chosen: Chosen): Generator<string> {
  const connectionOf = namedConnections(report);
  for (const { row, detail } of chosen) {
    const connection = connectionOf(row);
    yield `# ${connection.source} -> ${connection.destination} port ${connection.port}\n\n`;
    const leftOut = leftOutOfLines(detail);
    if (leftOut !== '') yield `# ${leftOut}\n\n`;
    for (const { tool, text } of pasteLines(pastedConnection(connection, detail)))
      yield `# ${tool}\n${text.trimEnd()}\n\n`;
  }
}
