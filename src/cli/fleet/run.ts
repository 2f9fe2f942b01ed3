import { userInfo } from 'node:os';
import { isFinding } from '../../analysis/hosts/findings.ts';
import { READABLE } from '../../analysis/reading/reading-order.ts';
import type { Report } from '../../analysis/report/report.ts';
import { DEFAULT_SETTINGS } from '../../analysis/settings.ts';
import { openArchives } from '../../decompress/archives/open-archives.ts';
import { jsonText } from '../../export/json.ts';
import { leftOutOf } from '../../export/left-out.ts';
import { printable } from '../../export/printable.ts';
import { EngineError } from '../../fleet/engine/engine.ts';
import { openTarget, type Target } from '../../fleet/engine/open.ts';
import { hunt, type Hunted } from '../../fleet/hunt/hunt.ts';
import { WorkerPool } from '../../fleet/hunt/pool.ts';
import { engineSourceIn } from '../../fleet/load/engine/relation.ts';
import { mappingOf } from '../../fleet/load/engine/shapes.ts';
import { engineSets } from '../../fleet/load/engine/sets.ts';
import { ensureTables, load, type LoadSummary, prepare } from '../../fleet/load/load.ts';
import type { LoadFile } from '../../fleet/load/sets.ts';
import { openFinding } from '../../fleet/open/open.ts';
import { giveVerdict, latestVerdicts } from '../../fleet/open/verdicts.ts';
import { tableAndLists } from '../analysis.ts';
import { fileSources } from '../captures.ts';
import { filesIn } from '../files.ts';
import { flowsText, pageText } from '../exports.ts';
import { listedRows } from '../listed-rows.ts';
import { readLists } from '../lists.ts';
import { Outputs, print, type Streams } from '../output.ts';
import { checkPlaces } from '../places.ts';
import { programEntry } from '../scoring-thread.ts';
import { tableText } from '../table.ts';
import {
  type FleetCommand,
  type HuntCommand,
  type LoadCommand,
  type OpenCommand,
  outputsOf,
  parseFleetArguments,
} from './arguments.ts';
import { findingText } from './finding-text.ts';
import { huntOutputs } from './hunt-outputs.ts';
import { remarksOfVerdicts } from './remarks.ts';
import { FLEET_USAGE } from './usage.ts';

type Say = (line: string) => void;

/**
 * One call of `fleet` with the arguments after that word. Resolves with the exit status: 0, 1 when files were left out,
 * or 2 with one line on `errors` when the engine refuses. Throws a `UsageError`, a `ReadError` or a `WriteError`.
 */
export async function runFleet(argumentsGiven: readonly string[], streams: Streams): Promise<number> {
  const command = parseFleetArguments(argumentsGiven);
  const { output, errors } = streams;
  const say: Say = (line) => void errors.write(`${printable(line)}\n`);
  if (command.kind === 'help') {
    await print([FLEET_USAGE], output);
    return 0;
  }
  if (command.kind === 'hunt') await checkPlaces(outputsOf(command), [...command.allow, ...command.watch], streams);
  if (command.kind === 'open') await checkPlaces(outputsOf(command), [], streams);
  let target: Target | null = null;
  try {
    target = await openTarget(command.place, say);
    return await runOn(target, command, streams, say);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    errors.write(`error: ${printable(error.message)}\n`);
    return 2;
  } finally {
    await target?.engine.close();
  }
}

async function runOn(
  target: Target,
  command: Exclude<FleetCommand, { kind: 'help' }>,
  streams: Streams,
  say: Say,
): Promise<number> {
  switch (command.kind) {
    case 'load':
      return loadFiles(target, command, say);
    case 'hunt':
      return huntAndWrite(target, command, streams, say);
    case 'open':
      return openAndWrite(target, command, streams);
    case 'verdict':
      await ensureTables(target);
      await giveVerdict(target, endsOf(command.ends), { ...command, analyst: userInfo().username });
      return 0;
  }
}

async function loadFiles(
  target: Target,
  { sources, from, map, keepDays, openTunnels, passwords }: LoadCommand,
  say: Say,
): Promise<number> {
  const inEngine = sources.map(engineSourceIn);
  const ofFiles = sources.filter((_, place) => inEngine[place] === null);
  const { sources: given, missing } = await fileSources(await filesIn(ofFiles));
  if (given.length === 0 && missing.length > 0 && ofFiles.length === sources.length) throw missing[0];
  for (const { message } of missing) say(`warning: left out: ${message}`);
  const { sources: files } = await openArchives(given, { passwords, ...READABLE });
  await prepare(target, keepDays);
  const settings = { ...DEFAULT_SETTINGS, openTunnels };
  const other = from === null ? null : await openTarget(from, say);
  try {
    const sets: LoadFile[][] = [];
    for (const source of inEngine)
      if (source !== null) sets.push(...(await engineSets(other ?? target, source, mappingOf(map))));
    const summary = await load(target, files, settings, say, sets);
    return Math.max(summaryOf(summary, say), missing.length > 0 ? 1 : 0);
  } finally {
    await other?.engine.close();
  }
}

/** Says what a loading came to. The exit status. */
function summaryOf({ flows, loaded, known, namesOnly, lacks, left }: LoadSummary, say: Say): number {
  for (const [lack, files] of lacks) say(`${files === 1 ? '1 file lacks' : `${files} files lack`} ${lack}`);
  say(`${flows} flows of ${loaded} files are loaded; ${known} files were loaded before, ${left.length} are left out`);
  if (namesOnly > 0) say(`${namesOnly} logs have no flows of their own: what they say of others' was read with those`);
  return left.length > 0 ? 1 : 0;
}

async function huntAndWrite(target: Target, command: HuntCommand, streams: Streams, say: Say): Promise<number> {
  const warn = (problem: string): void => say(`warning: ${problem}`);
  const list = {
    ...command.list,
    allow: await readLists(command.allow, warn),
    watch: await readLists(command.watch, warn),
  };
  const scorers = new WorkerPool(programEntry());
  let hunted: Hunted;
  try {
    const { fromMs, toMs, sinceLast, only } = command;
    hunted = await hunt(target, { list, fromMs, toMs, sinceLast, filters: only }, { scorers, say });
  } finally {
    await scorers.close();
  }
  const { report, findings } = hunted;
  const { triage } = report.connections;
  const toRead = triage.badge.filter((_, row) => isFinding(triage, row)).length;
  say(
    `${hunted.connections} connections were scored: ${toRead} to be read first or next; ${findings} with a badge or points ` +
      `are written down as hunt ${hunted.hunt}`,
  );
  const { verdicts, leftOut } = await latestVerdicts(target);
  if (leftOut > 0) {
    const message = `of ${verdicts.length} connections that were judged last the verdicts are read; there are ${leftOut} more`;
    report.captures[0].warnings.push({ kind: 'left-out', offset: null, message });
    warn(message);
  }
  const remarks = remarksOfVerdicts(report, verdicts);
  const rows = listedRows(report, command, remarks);
  if (rows.lacks.length > 0)
    warn(`--filter: connections have no ${rows.lacks.join(', ')}: none meets a condition on it`);
  const outputs = new Outputs(streams.output);
  await outputs.write(await huntOutputs(target, command, { hunted, rows, list, remarks }));
  if (command.json) await outputs.print(jsonText(report, rows.connections, rows, remarks));
  else if (!outputs.isPrinted) await outputs.print(tableAndLists(report, command, rows));
  else for (const { words } of leftOutOf(report)) warn(words);
  outputs.end();
  return 0;
}

async function openAndWrite(
  target: Target,
  { ends, report: page, flows }: OpenCommand,
  streams: Streams,
): Promise<number> {
  const { analysis, list, history, verdicts } = await openFinding(target, endsOf(ends));
  const report: Report = analysis.report(list);
  const outputs = new Outputs(streams.output);
  if (flows !== null) await outputs.write([flowsText(flows, analysis.flows)]);
  if (page !== null)
    await outputs.write([
      pageText(page, report, { connections: Uint32Array.of(0), dns: new Uint32Array(0) }, [
        { row: 0, detail: analysis.detail(0) },
      ]),
    ]);
  if (!outputs.isPrinted)
    await outputs.print([...tableText(report, 'triage'), ...findingText(report, { history, verdicts })]);
  outputs.end();
  return 0;
}

function endsOf({ source, destination, port }: { source: string; destination: string; port: number | null }) {
  return { source, destination, port: port ?? 0 };
}
