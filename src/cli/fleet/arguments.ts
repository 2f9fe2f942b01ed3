import { parseArgs } from 'node:util';
import { type OrderName, ORDERS } from '../../analysis/report/report.ts';
import { VERDICTS, type Verdict } from '../../analysis/report/case.ts';
import type { ListSettings } from '../../analysis/settings.ts';
import type { ConnectionEnds } from '../../export/carve.ts';
import type { Filter } from '../../filter/filter.ts';
import { connectionEnds, UsageError } from '../connection-ends.ts';
import { filterOf, givenNumber, LIST_OPTIONS, listSettings, moment, oneOf, parsed } from '../options.ts';
import { STANDARD_OUTPUT } from '../output.ts';
import { checkNames, type Output, outputsIn } from '../places.ts';

/** What one call of `fleet` is to do. */
export type FleetCommand =
  | { kind: 'help' }
  | LoadCommand
  | HuntCommand
  | OpenCommand
  | { kind: 'verdict'; place: string; ends: ConnectionEnds; verdict: Verdict; note: string };

export interface LoadCommand {
  kind: 'load';
  place: string;
  /** Files and folders, and what an engine has (see `engineSourceIn`). */
  sources: string[];
  /** Where that engine is; null for the one that is loaded into. */
  from: string | null;
  /** `FIELD=COLUMN`: which column of a table says what. */
  map: string[];
  keepDays: number | null;
  openTunnels: boolean;
  /** Passwords of encrypted archives. */
  passwords: string[];
}

export interface OpenCommand {
  kind: 'open';
  place: string;
  ends: ConnectionEnds;
  report: string | null;
  flows: string | null;
}

export interface HuntCommand {
  kind: 'hunt';
  place: string;
  fromMs: number | null;
  toMs: number | null;
  sinceLast: boolean;
  /** What flows are looked at (see `filterOf` of a question), and which of the connections are shown. */
  only: string[];
  filter: Filter;
  /** Its lists of what to set aside and to look for are empty: they are in files. */
  list: ListSettings;
  allow: string[];
  watch: string[];
  score: OrderName;
  json: boolean;
  connections: string | null;
  hosts: string | null;
  report: string | null;
  lines: string | null;
  indicators: string | null;
  stix: string | null;
  save: string | null;
}

/** What a hunt and an opened finding write. */
const HUNT_OUTPUTS = ['connections', 'hosts', 'report', 'lines', 'indicators', 'stix', 'save'] as const;
const OPEN_OUTPUTS = ['report', 'flows'] as const;

/** Where the texts of a command go. */
export function outputsOf(command: HuntCommand | OpenCommand): Output[] {
  return command.kind === 'hunt' ? outputsIn(command, HUNT_OUTPUTS) : outputsIn(command, OPEN_OUTPUTS);
}

type Values = ReturnType<typeof parse>['values'];

/** Reads the arguments after `fleet`. Throws a `UsageError`. */
export function parseFleetArguments(argumentsGiven: readonly string[]): FleetCommand {
  const { values, positionals } = parse(argumentsGiven);
  const [name, ...rest] = positionals;
  if (values.help === true) return { kind: 'help' };
  switch (name) {
    case 'load':
      return loadCommand(values, rest);
    case 'hunt':
      if (rest.length > 0) throw new UsageError(`fleet hunt takes options alone, not "${rest[0]}"`);
      return huntCommand(values);
    case 'open':
      return withOutputs({
        kind: 'open',
        place: placeIn(values.in, '--in'),
        ends: findingIn(rest, 1),
        report: values.report ?? null,
        flows: values.flows ?? null,
      });
    case 'verdict':
      return {
        kind: 'verdict',
        place: placeIn(values.in, '--in'),
        ends: findingIn(rest, 2),
        verdict: oneOf(VERDICTS, rest[1], 'a verdict'),
        note: values.note ?? '',
      };
    default:
      throw new UsageError('fleet takes load, hunt, open or verdict (fleet --help tells how)');
  }
}

function parse(argumentsGiven: readonly string[]) {
  return parsed(() =>
    parseArgs({
      args: [...argumentsGiven],
      allowPositionals: true,
      options: {
        ...LIST_OPTIONS,
        help: { type: 'boolean', short: 'h' },
        to: { type: 'string' },
        in: { type: 'string' },
        from: { type: 'string' },
        since: { type: 'string' },
        only: { type: 'string', multiple: true },
        source: { type: 'string' },
        map: { type: 'string', multiple: true },
        'keep-days': { type: 'string' },
        'open-tunnels': { type: 'boolean' },
        json: { type: 'boolean' },
        connections: { type: 'string' },
        hosts: { type: 'string' },
        flows: { type: 'string' },
        report: { type: 'string' },
        lines: { type: 'string' },
        indicators: { type: 'string' },
        stix: { type: 'string' },
        save: { type: 'string' },
        note: { type: 'string' },
        password: { type: 'string', multiple: true },
      },
    }),
  );
}

function loadCommand(values: Values, sources: string[]): FleetCommand {
  if (sources.length === 0) throw new UsageError('fleet load: no file or folder was given');
  const keepDays = values['keep-days'] === undefined ? null : givenNumber(values['keep-days'], '--keep-days');
  if (keepDays === 0) throw new UsageError('--keep-days takes at least one day');
  return {
    kind: 'load',
    place: placeIn(values.to, '--to'),
    sources,
    from: values.source ?? null,
    map: values.map ?? [],
    keepDays,
    openTunnels: values['open-tunnels'] === true,
    passwords: values.password ?? [],
  };
}

function huntCommand(values: Values): HuntCommand {
  if (values.since !== undefined && values.since !== 'last')
    throw new UsageError(`--since takes last, not "${values.since}"`);
  const list = listSettings(values);
  if (values.save !== undefined && list.grouping !== 'src,dst,port')
    throw new UsageError('--save keeps connections by source, destination and port: leave --group-by out');
  return withOutputs({
    kind: 'hunt',
    place: placeIn(values.in, '--in'),
    fromMs: momentIn(values.from, '--from'),
    toMs: momentIn(values.to, '--to'),
    sinceLast: values.since === 'last',
    only: values.only ?? [],
    filter: filterOf(values.filter),
    list,
    allow: values.allow ?? [],
    watch: values.watch ?? [],
    score: oneOf(ORDERS, values.score ?? 'triage', '--score'),
    json: values.json === true,
    connections: values.connections ?? null,
    hosts: values.hosts ?? null,
    report: values.report ?? null,
    lines: values.lines ?? null,
    indicators: values.indicators ?? null,
    stix: values.stix ?? null,
    save: values.save ?? null,
  });
}

/** A command whose outputs can be meant. Throws a `UsageError`. */
function withOutputs<C extends HuntCommand | OpenCommand>(command: C): C {
  const outputs = outputsOf(command);
  const printed = outputs.filter(([, place]) => place === STANDARD_OUTPUT).length;
  if (printed + (command.kind === 'hunt' && command.json ? 1 : 0) > 1)
    throw new UsageError('only one of --json and the outputs named - can go to standard output');
  checkNames(outputs);
  return command;
}

function placeIn(text: string | undefined, option: string): string {
  if (text !== undefined && text !== '') return text;
  throw new UsageError(`${option} says where: a folder, or the URL of a ClickHouse server`);
}

function findingIn(rest: readonly string[], count: number): ConnectionEnds {
  if (rest.length !== count) throw new UsageError('a finding is SRC,DST,PORT (fleet --help tells how)');
  const ends = connectionEnds(rest[0]);
  if (ends.port === null) throw new UsageError('a finding is SRC,DST,PORT with its port');
  return ends;
}

/** A moment in milliseconds since 1970, when flows begin at the earliest; null where none was given. */
function momentIn(text: string | undefined, option: string): number | null {
  return text === undefined ? null : Math.max(0, moment(text, option));
}
