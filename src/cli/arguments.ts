import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ConnectionEnds } from '../export/carve.ts';
import { type OrderName, ORDERS } from '../analysis/report/report.ts';
import type { Filter } from '../filter/filter.ts';
import type { TimeRange } from '../analysis/report/time-range.ts';
import type { FlowEnds } from '../evidence/evidence.ts';
import { connectionEnds, flowEnds, UsageError } from './connection-ends.ts';
import { DEFAULT_SETTINGS, type ListSettings, type Settings } from '../analysis/settings.ts';
import { STANDARD_OUTPUT } from './output.ts';
import { captureRefusal, checkNames, type Output, outputsIn } from './places.ts';
import { filterOf, givenSettings, LIST_OPTIONS, listSettings, moment, oneOf, parsed } from './options.ts';

/** When first rows are shown: on a terminal, or wherever standard error goes. */
const LIVE = ['auto', 'always'] as const;

/** What one call of the program is to do. */
export type Command = { kind: 'help' } | { kind: 'version' } | AnalyzeCommand;

export interface AnalyzeCommand {
  kind: 'analyze';
  files: string[];
  /** Its lists of what to set aside and to look for are empty: they are in files. */
  settings: Settings;
  /** Those of them that the call names: a saved analysis is listed by its own settings else. */
  given: Partial<ListSettings>;
  /** Files with such lists. */
  allow: string[];
  watch: string[];
  /** Passwords of encrypted archives. */
  passwords: string[];
  /** The time that is looked at; null for all of it. */
  range: TimeRange | null;
  /** Baselines that the connections are compared with, together. */
  baseline: string[];
  /** Saved cases: what was said of rows. */
  cases: string[];
  /** Which rows of the lists are written. */
  filter: Filter;
  /** When the first rows are shown while files are read; null for never. */
  live: (typeof LIVE)[number] | null;
  /** What the connections are ordered by. */
  score: OrderName;
  json: boolean;
  /** Where tables and texts go: a path, `STANDARD_OUTPUT`, or null for nowhere. */
  flows: string | null;
  connections: string | null;
  hosts: string | null;
  long: string | null;
  dns: string | null;
  report: string | null;
  lines: string | null;
  stix: string | null;
  indicators: string | null;
  /** Where the analysis itself goes, to be opened later without its captures. */
  save: string | null;
  /** Whether the first packets of the listed connections are in it. */
  withPackets: boolean;
  /** Where a baseline for later captures goes, with what those in use say. */
  saveBaseline: string | null;
  /** Where the requests of the chosen connections go. */
  requests: string | null;
  /** A flow that is written in the place of the table; null for none. */
  follow: FlowEnds | null;
  /** Where the packets of the chosen connections go: a path, or null for nowhere. */
  carve: string | null;
  /** Connections that were chosen. */
  chosen: ConnectionEnds[];
}

/** Reads the arguments after the program's name. Throws a `UsageError`. */
export function parseArguments(argumentsGiven: readonly string[]): Command {
  const { values, positionals } = parse(argumentsGiven);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const command: AnalyzeCommand = {
    kind: 'analyze',
    files: positionals,
    settings: {
      idleTimeoutMs: milliseconds(values['idle-timeout'], '--idle-timeout', DEFAULT_SETTINGS.idleTimeoutMs),
      activeTimeoutMs: milliseconds(values['active-timeout'], '--active-timeout', DEFAULT_SETTINGS.activeTimeoutMs),
      ...listSettings(values),
      openTunnels: values['open-tunnels'] === true,
      nfstream: values.nfstream === true,
    },
    given: givenSettings(values),
    allow: values.allow ?? [],
    watch: values.watch ?? [],
    passwords: values.password ?? [],
    baseline: values.baseline ?? [],
    cases: values.case ?? [],
    range: timeRange(values.from, values.to),
    filter: filterOf(values.filter),
    score: oneOf(ORDERS, values.score ?? 'triage', '--score'),
    live: values.live === undefined ? null : oneOf(LIVE, values.live, '--live'),
    json: values.json === true,
    flows: values.flows ?? null,
    connections: values.connections ?? null,
    hosts: values.hosts ?? null,
    long: values.long ?? null,
    dns: values.dns ?? null,
    report: values.report ?? null,
    lines: values.lines ?? null,
    stix: values.stix ?? null,
    indicators: values.indicators ?? null,
    save: values.save ?? null,
    withPackets: values['with-packets'] ?? false,
    saveBaseline: values['save-baseline'] ?? null,
    requests: values.requests ?? null,
    follow: values.follow === undefined ? null : flowEnds(values.follow),
    carve: values.carve ?? null,
    chosen: (values.connection ?? []).map(connectionEnds),
  };
  checkOutputs(command);
  if (command.files.length === 0)
    throw new UsageError('no file was given: name at least one capture or flow log (see --help)');
  return command;
}

function parse(argumentsGiven: readonly string[]) {
  return parsed(() =>
    parseArgs({
      args: [...argumentsGiven],
      allowPositionals: true,
      options: {
        ...LIST_OPTIONS,
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        json: { type: 'boolean' },
        live: { type: 'string' },
        flows: { type: 'string' },
        connections: { type: 'string' },
        hosts: { type: 'string' },
        long: { type: 'string' },
        dns: { type: 'string' },
        report: { type: 'string' },
        lines: { type: 'string' },
        stix: { type: 'string' },
        indicators: { type: 'string' },
        save: { type: 'string' },
        'with-packets': { type: 'boolean' },
        baseline: { type: 'string', multiple: true },
        case: { type: 'string', multiple: true },
        from: { type: 'string' },
        to: { type: 'string' },
        'save-baseline': { type: 'string' },
        requests: { type: 'string' },
        follow: { type: 'string' },
        carve: { type: 'string' },
        connection: { type: 'string', multiple: true },
        password: { type: 'string', multiple: true },
        'idle-timeout': { type: 'string' },
        'active-timeout': { type: 'string' },
        'open-tunnels': { type: 'boolean' },
        nfstream: { type: 'boolean' },
      },
    }),
  );
}

/** What of a command goes somewhere: its texts, and its packets. */
const OUTPUTS = [
  'flows',
  'connections',
  'hosts',
  'long',
  'dns',
  'report',
  'lines',
  'stix',
  'indicators',
  'save',
  'saveBaseline',
  'requests',
  'carve',
] as const satisfies readonly (keyof AnalyzeCommand)[];

/** Where a command's texts go, and where its packets; what goes nowhere is left out. */
export function outputsOf(command: AnalyzeCommand): Output[] {
  return outputsIn(command, OUTPUTS);
}

function checkOutputs(command: AnalyzeCommand): void {
  const { files, json, follow, carve, chosen, save, withPackets } = command;
  const outputs = outputsOf(command);
  const printed =
    outputs.filter(([what, place]) => place === STANDARD_OUTPUT && what !== 'carve').length +
    (json ? 1 : 0) +
    (follow === null ? 0 : 1);
  if (printed > 1)
    throw new UsageError('only one of --json, --follow and the outputs named - can go to standard output');
  if (withPackets && save === null) throw new UsageError('--with-packets needs --save, which writes them');
  if (carve === STANDARD_OUTPUT) throw new UsageError('--carve writes a file, not standard output');
  if (carve !== null && chosen.length === 0) throw new UsageError('--carve needs a --connection to say whose packets');
  checkNames(outputs);
  const given = new Set(files.map((file) => path.resolve(file)));
  const capture = outputs.find(([, output]) => output !== STANDARD_OUTPUT && given.has(path.resolve(output)));
  if (capture !== undefined) throw captureRefusal(capture[1]);
}

function milliseconds(text: string | undefined, option: string, standard: number): number {
  if (text === undefined) return standard;
  const value = Math.round(Number(text) * 1000);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && Number.isSafeInteger(value)) return value;
  throw new UsageError(`${option} takes seconds above 0, not "${text}"`);
}

/** The time between two moments; null where neither is given. Throws a `UsageError`. */
function timeRange(from: string | undefined, to: string | undefined): TimeRange | null {
  if (from === undefined && to === undefined) return null;
  const fromMs = from === undefined ? Number.NEGATIVE_INFINITY : moment(from, '--from');
  const toMs = to === undefined ? Number.POSITIVE_INFINITY : moment(to, '--to');
  if (fromMs > toMs) throw new UsageError('--from is later than --to');
  return { fromMs, toMs };
}
