import type { Writable } from 'node:stream';
import type { Report } from '../analysis/report/report.ts';
import type { ListSettings } from '../analysis/settings.ts';
import type { OpenedAnalysis } from '../saved/saved.ts';
import type { CaptureSummary } from '../analysis/capture.ts';
import { commonWarnings, filesWords, passedOverWords, placeWords } from '../analysis/report/common-warnings.ts';
import { jsonText } from '../export/json.ts';
import { type AnalyzeCommand, parseArguments, STANDARD_OUTPUT } from './arguments.ts';
import { analyzeFiles, fileSources, openedFile, ReadError } from './captures.ts';
import { filesIn } from './files.ts';
import { UsageError } from './connection-ends.ts';
import { carveTo, textOutputs } from './exports.ts';
import { followedText } from './requests.ts';
import { listLines } from './list-lines.ts';
import { type ListedRows, listedRows } from './listed-rows.ts';
import { readLists } from './lists.ts';
import { print, WriteError, writeFileOf } from './output.ts';
import { printable } from '../export/printable.ts';
import { tableText } from './table.ts';
import { PROGRAM_VERSION, USAGE } from './usage.ts';

/** Where a call of the program writes; the process's own streams, or a test's. */
export interface Streams {
  output: Writable;
  errors: Writable;
}

/** Begins the commands for flows that lie in ClickHouse; a file of that name is given as ./fleet. */
const FLEET = 'fleet';

/**
 * One call of the program with the arguments after its name. Resolves with the exit status: 0, or 1 when some of the files
 * could not be read, or 2 with one line on `errors` when an argument is wrong, no file can be read, or one not written.
 */
export async function run(argumentsGiven: readonly string[], { output, errors }: Streams): Promise<number> {
  try {
    if (argumentsGiven[0] === FLEET) {
      const { runFleet } = await import('./fleet/run.ts');
      return await runFleet(argumentsGiven.slice(1), { output, errors });
    }
    const command = parseArguments(argumentsGiven);
    if (command.kind === 'help') await print([USAGE], output);
    else if (command.kind === 'version') await print([`${PROGRAM_VERSION}\n`], output);
    else return await analyzeAndWrite(command, { output, errors });
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof ReadError || error instanceof WriteError)) throw error;
    errors.write(`error: ${printable(error.message)}\n`);
    return 2;
  }
}

async function analyzeAndWrite(command: AnalyzeCommand, { output, errors }: Streams): Promise<number> {
  const warn = (problem: string): void => void errors.write(`warning: ${printable(problem)}\n`);
  const settings = {
    ...command.settings,
    allow: await readLists(command.allow, warn),
    watch: await readLists(command.watch, warn),
  };
  const { sources: given, missing } = await fileSources(await filesIn(command.files));
  if (given.length === 0) throw missing[0] ?? new ReadError(`${command.files.join(', ')}: no files in it`);
  const saved = await openedFile(given);
  if (saved !== null) checkNeedsNoPackets(command, saved);
  const analysis = saved?.analysis ?? (await analyzeFiles(given, settings));
  const report = analysis.report(
    saved === null ? settings : { ...analysis.parts.settings, ...givenOf(command, settings) },
  );
  const unread = new Set(analysis.captures.filter(({ format }) => format === null).map(({ file }) => file));
  const sources = given.filter(({ name }) => !unread.has(name));
  for (const line of readingLines(analysis.captures, missing)) errors.write(`${printable(line)}\n`);
  const rows = listedRows(report, command);
  if (rows.lacks.length > 0)
    warn(`--filter: connections have no ${rows.lacks.join(', ')}: none meets a condition on it`);
  let printed = command.json || command.follow !== null;
  for (const { place, pieces } of await textOutputs(command, { sources, saved, analysis, report, rows })) {
    if (place === STANDARD_OUTPUT) {
      await print(pieces, output);
      printed = true;
    } else {
      await writeFileOf(pieces, place);
    }
  }
  if (command.carve !== null) errors.write(`${await carveTo(command.carve, sources, command)}\n`);
  if (command.follow !== null) await print([await followedText(command.follow, sources, settings)], output);
  if (command.json) await print(jsonText(report, rows.connections, rows), output);
  else if (!printed) await print(tableAndLists(report, command, rows), output);
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

/** A saved analysis holds no packets. Throws a `UsageError` where they are asked for. */
function checkNeedsNoPackets({ files, carve, requests, follow }: AnalyzeCommand, { digests }: OpenedAnalysis): void {
  const [option] = Object.entries({ carve, requests, follow }).find(([, wanted]) => wanted !== null) ?? [];
  if (option === undefined) return;
  const captures = digests.map(({ file, sha256 }) => `${file} (SHA-256 ${sha256})`).join(', ');
  throw new UsageError(`--${option} reads packets, and ${files[0]} holds none: name its captures instead: ${captures}`);
}

function* tableAndLists(report: Report, { score }: AnalyzeCommand, rows: ListedRows): Generator<string> {
  yield* tableText(report, score, rows.connections);
  yield* listLines(report, rows);
}

/** What is to be said of the reading: files that were left out, warnings, and logs that hold nothing of use. */
function* readingLines(captures: readonly CaptureSummary[], missing: readonly Error[]): Generator<string> {
  for (const { message } of missing) yield `warning: left out: ${message}`;
  for (const { file, format, warnings } of captures) {
    if (format === null) yield `warning: left out: ${file}: ${warnings.map(({ message }) => message).join('; ')}`;
  }
  for (const warning of commonWarnings(captures.filter(({ format }) => format !== null))) {
    const place = placeWords(warning, String);
    yield `warning: ${filesWords(warning.files)}: ${warning.message}${place === '' ? '' : ` (${place})`}`;
  }
  const passedOver = passedOverWords(captures);
  if (passedOver !== '') yield `note: ${passedOver}`;
}
