import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { READABLE } from '../analysis/reading/reading-order.ts';
import type { Report } from '../analysis/report/report.ts';
import type { ListSettings } from '../analysis/settings.ts';
import { caseOfText, lossWords } from '../analysis/report/case-file.ts';
import type { OpenedAnalysis } from '../saved/saved.ts';
import type { CaptureSummary } from '../analysis/capture.ts';
import { commonWarnings, filesWords, passedOverWords, placeWords } from '../analysis/report/common-warnings.ts';
import { openArchives } from '../decompress/archives/open-archives.ts';
import { jsonText } from '../export/json.ts';
import { type AnalyzeCommand, outputsOf } from './arguments.ts';
import { withCases } from './cases.ts';
import { analyzeFiles, fileSources, openedBaselines, openedFile } from './captures.ts';
import { filesIn } from './files.ts';
import { UsageError } from './connection-ends.ts';
import { hostLines } from './host-lines.ts';
import { leftOutOfWritten, listLines, type WrittenLists } from './list-lines.ts';
import { liveRows } from './live.ts';
import { type ListedRows, listedRows } from './listed-rows.ts';
import { readLists } from './lists.ts';
import { Outputs, type Streams } from './output.ts';
import { checkPlaces } from './places.ts';
import { printable } from '../export/printable.ts';
import { withScoringHelp } from './scoring-thread.ts';
import { tableText } from './table.ts';

/**
 * Reads the files of a command and writes what it asks for. Resolves with the exit status. Throws a `ReadError`, a
 * `WriteError` or a `UsageError`.
 */
export async function analyzeAndWrite(command: AnalyzeCommand, { output, errors }: Streams): Promise<number> {
  const warn = (problem: string): void => void errors.write(`warning: ${printable(problem)}\n`);
  const found = await filesIn(command.files);
  await checkPlaces(
    outputsOf(command),
    [...found, ...command.allow, ...command.watch, ...command.baseline, ...command.cases],
    {
      output,
      errors,
    },
  );
  const settings = {
    ...command.settings,
    allow: await readLists(command.allow, warn),
    watch: await readLists(command.watch, warn),
  };
  const { sources: given, missing } = await fileSources(found);
  if (given.length === 0) throw missing[0];
  const saved = await openedFile(given);
  if (saved !== null) checkHasPackets(command, saved);
  const { remarks: kept, ...lost } = caseOfText(saved?.remarks ?? '');
  const remarks = await withCases(kept, command.cases, warn);
  const { passwords } = command;
  const { sources: opened } =
    saved === null ? await openArchives(given, { passwords, ...READABLE }) : { sources: packetsIn(saved) };
  const baseline = await openedBaselines(command.baseline);
  const bytes = given.reduce((sum, { size }) => sum + (size ?? 0), 0);
  const live = liveRows(command, { list: settings, baseline, bytes }, errors);
  // What is shown meanwhile is made of the first reading, as are the flows that NFStream makes.
  const mostTwice = command.flows === null && command.save === null && !live.isShown ? 0 : undefined;
  const { analysis, report } = await withScoringHelp({ bytes: saved === null ? bytes : 0 }, async (help) => {
    const asked = saved?.analysis ?? (await analyzeFiles(opened, settings, help, live.onProgress, mostTwice));
    if (baseline !== null) asked.compareWith(baseline);
    asked.lookAt(command.range);
    const list = saved === null ? settings : { ...asked.parts.settings, ...givenOf(command, settings) };
    // What is printed where nothing else is asked for tells of one host.
    const mostStories = command.json || outputsOf(command).length > 0 ? Number.POSITIVE_INFINITY : 1;
    return { analysis: asked, report: asked.report(list, undefined, mostStories) };
  }).finally(live.end);
  const unread = new Set(analysis.captures.filter(({ format }) => format === null).map(({ file }) => file));
  const isRead = ({ name }: ByteSource): boolean => !unread.has(name);
  const [files, sources] = [given.filter(isRead), opened.filter(isRead)];
  for (const line of readingLines(analysis.captures, missing)) errors.write(`${printable(line)}\n`);
  const lossText = lossWords(lost);
  if (lossText !== '') warn(`${command.files[0]}: ${lossText}`);
  const rows = listedRows(report, command, remarks);
  if (rows.lacks.length > 0)
    warn(`--filter: connections have no ${rows.lacks.join(', ')}: none meets a condition on it`);
  // What few calls ask for is loaded by those alone: the program starts in half the time.
  const exports = outputsOf(command).length > 0 ? await import('./exports.ts') : null;
  const analyzed = { files, sources, saved, remarks, analysis, report, rows, warn };
  const outputs = new Outputs(output);
  await outputs.write((await exports?.textOutputs(command, analyzed)) ?? []);
  const { carve, follow } = command;
  if (carve !== null)
    await outputs.file(
      carve,
      async () => void errors.write(`${await exports?.carveTo(carve, sources, analysis, report, command)}\n`),
    );
  if (follow !== null) {
    const { followedText } = await import('./requests.ts');
    await outputs.print([await followedText(follow, sources, settings)]);
  }
  if (command.json) await outputs.print(jsonText(report, rows.connections, rows, remarks));
  else if (!outputs.isPrinted && follow === null) await outputs.print(tableAndLists(report, command, rows, command));
  else for (const { words } of leftOutOfWritten(report, command)) warn(words);
  outputs.end();
  return missing.length > 0 || (saved === null && unread.size > 0) ? 1 : 0;
}

/** What a call says of the list, its lists of what to set aside and to look for included. */
function givenOf({ given, allow, watch }: AnalyzeCommand, lists: Pick<ListSettings, 'allow' | 'watch'>) {
  return {
    ...given,
    ...(allow.length > 0 ? { allow: lists.allow } : {}),
    ...(watch.length > 0 ? { watch: lists.watch } : {}),
  };
}

/** The packets that are in a saved analysis. */
function packetsIn({ pcapng, digests }: OpenedAnalysis): ByteSource[] {
  return pcapng === null ? [] : [bufferSource(pcapng, digests[0]?.file ?? 'packets')];
}

/** Throws a `UsageError` where packets are asked for of a saved analysis that holds none. */
function checkHasPackets(
  { files, carve, requests, follow }: AnalyzeCommand,
  { digests, packets }: OpenedAnalysis,
): void {
  if (packets !== null) return;
  const [option] = Object.entries({ carve, requests, follow }).find(([, wanted]) => wanted !== null) ?? [];
  if (option === undefined) return;
  const captures = digests.map(({ file, sha256 }) => `${file} (SHA-256 ${sha256})`).join(', ');
  throw new UsageError(`--${option} reads packets, and ${files[0]} holds none: name its captures instead: ${captures}`);
}

/** What is printed where nothing else is: the connections, what is to be said of the other lists, and the answer in short. */
export function* tableAndLists(
  report: Report,
  { score }: Pick<AnalyzeCommand, 'score'>,
  rows: ListedRows,
  written?: WrittenLists,
): Generator<string> {
  yield* tableText(report, score, rows.connections);
  yield* listLines(report, rows, written);
  yield* hostLines(report);
}

/** What is to be said of the reading: files that were left out, warnings, and logs that hold nothing of use. */
function* readingLines(captures: readonly CaptureSummary[], missing: readonly Error[]): Generator<string> {
  for (const { message } of missing) yield `warning: left out: ${message}`;
  for (const { file, format, warnings } of captures) {
    if (format === null) yield `warning: left out: ${file}: ${warnings.map(({ message }) => message).join('; ')}`;
  }
  for (const warning of commonWarnings(captures.filter(({ format }) => format !== null))) {
    const place = placeWords(warning);
    yield `warning: ${filesWords(warning.files)}: ${warning.message}${place === '' ? '' : ` (${place})`}`;
  }
  const passedOver = passedOverWords(captures);
  if (passedOver !== '') yield `note: ${passedOver}`;
}
