import type { Warning } from '../../analysis/capture.ts';
import { emptyColumns } from '../../analysis/flows/columns.ts';
import { noHosts } from '../../analysis/hosts/table.ts';
import type { Report } from '../../analysis/report/report.ts';
import { DEFAULT_SETTINGS } from '../../analysis/settings.ts';
import type { Target } from '../engine/open.ts';
import { ensureTables } from '../load/load.ts';
import { findingRows, writeFindings } from './findings.ts';
import type { HuntView } from '../open/connection.ts';
import { huntAsCapture } from './as-capture.ts';
import { HuntHosts } from './hosts.ts';
import { type Network, prevalenceQuery, readNetwork } from './network.ts';
import { readFlows } from './part-flows.ts';
import { PartReports } from './part-reports.ts';
import { EVERY_GROUP, MOST_FLOWS, type Part, type PartSizes, type Plan, planOf, rangeOf } from './plan.ts';
import type { Scorers } from './pool.ts';
import { allOf, type Condition, filesWanted, type Question, scopeOf } from './question.ts';
import { HuntRecords } from './records.ts';
import { analysisOf, type PartJob, type ScoredPart } from './score-part.ts';

/** Rows that a page and a table of a terminal have room for. */
const MOST_ROWS = 100_000;
/** Files that a message names. */
const MOST_NAMES = 5;
/** A word that a hunt goes on goes out this often. */
const HEARTBEAT_MS = 15_000;

export interface HuntOptions {
  scorers: Scorers;
  /** Told how far it is, and what was left out. */
  say: (line: string) => void;
  sizes?: PartSizes;
  /** Rows of the report. */
  mostRows?: number;
}

/** What a hunt came to. */
export interface Hunted {
  hunt: number;
  /** The first rows by triage, as `Analysis.report` gives them; its counts are those of all flows. */
  report: Report;
  /** Connections that were scored, and findings that were written down. */
  connections: number;
  findings: number;
  /** What its connections are read again by; null where there was no flow. */
  view: HuntView | null;
}

/**
 * Hunts over the flows of a database: what is counted over all of them the engine counts, and connections are scored
 * part after part. A hunt that was stopped goes on with the parts it had not done, when the same is asked again.
 *
 * @throws EngineError
 */
export async function hunt(target: Target, question: Question, options: HuntOptions): Promise<Hunted> {
  await ensureTables(target);
  const records = new HuntRecords(target);
  const asked = JSON.stringify({ ...question, sizes: options.sizes ?? {} });
  const stopped = await records.stopped(asked);
  const number = stopped ?? (await records.begin(asked, filesWanted(question)));
  const hunting = new Hunting(target, records, number, question, options);
  const hunted = await hunting.run(asked, stopped !== null);
  await records.tell(number, 'done', asked, hunted);
  return hunted;
}

class Hunting {
  private readonly target: Target;
  private readonly records: HuntRecords;
  private readonly number: number;
  private readonly question: Question;
  private readonly options: HuntOptions;
  private readonly scope: Condition;
  private readonly kept: Condition;
  private readonly reports: PartReports;
  private readonly hosts = new HuntHosts();
  private findings = 0;
  private toldMs = Date.now();
  private unobserved: PartJob['unobserved'] = [];
  private readonly warnings: Warning[] = [];

  constructor(target: Target, records: HuntRecords, number: number, question: Question, options: HuntOptions) {
    this.target = target;
    this.records = records;
    this.number = number;
    this.question = question;
    this.options = options;
    this.reports = new PartReports(options.mostRows ?? MOST_ROWS);
    const { sinceLast } = question;
    this.scope = allOf([records.filesOf(number), scopeOf(question)]);
    this.kept = sinceLast ? withNewFlows(records.filesOf(number, true)) : EVERY_GROUP;
  }

  async run(asked: string, again: boolean): Promise<Hunted> {
    const { target, records, number, question, options } = this;
    const half = await records.halfLoaded();
    if (half.length > 0)
      this.leaveOut(
        `half loaded and left out, load them again: ${half.slice(0, MOST_NAMES).join(', ')}${more(half.length)}`,
      );
    const files = records.filesOf(number);
    const { scope } = this;
    const network = await readNetwork(target, number, { scope, files, inside: question.list.internal });
    if (network === null) return this.hunted(null, null);
    this.unobserved = await records.unobserved(number);
    const plan = await planOf(target, scope, this.kept, question.list.grouping, options.sizes);
    options.say(`${plan.flows} flows of ${plan.groups} connections, scored in ${plan.parts.length} parts`);
    this.tellLimits(plan);
    const done = again ? await records.partsDone(number) : new Set<number>();
    if (again) options.say(`going on with a hunt that was stopped: ${done.size} of its parts are done`);
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < plan.parts.length) {
        const part = next++;
        const scored = done.has(part)
          ? await records.readPart(number, part)
          : await this.scored(plan.parts[part], part, network);
        this.keep(part, scored);
        await this.tellAlive(asked);
      }
    };
    await Promise.all(Array.from({ length: options.scorers.count }, work));
    return this.hunted(network, plan);
  }

  /** Says now and then that the hunt goes on, and how far it is. */
  private async tellAlive(asked: string): Promise<void> {
    if (Date.now() - this.toldMs < HEARTBEAT_MS) return;
    this.toldMs = Date.now();
    const { findings } = this;
    const { connections, count } = this.reports;
    this.options.say(`${count} parts are done: ${connections} connections, ${findings} findings`);
    await this.records.tell(this.number, 'running', asked, { connections, findings });
  }

  private async scored(part: Part, place: number, network: Network): Promise<ScoredPart> {
    const { target, records, number, options } = this;
    const { list } = this.question;
    const where = allOf([this.scope, rangeOf(part)]);
    const flows = await readFlows(target, where, this.kept, list.grouping);
    const query = prevalenceQuery(target.database, where, number);
    const prevalence = await target.engine.read(query.text, query.bound);
    const scored = await options.scorers.score({ flows, prevalence, network, list, unobserved: this.unobserved });
    await writeFindings(target, number, place, scored.report);
    await records.writePart(number, place, scored);
    return scored;
  }

  private keep(part: number, { report, notes }: ScoredPart): void {
    this.findings += findingRows(report).length;
    this.reports.add(part, report);
    this.hosts.add(part, notes);
  }

  private async hunted(network: Network | null, plan: Plan | null): Promise<Hunted> {
    const { target, number, scope, unobserved, findings } = this;
    const { list } = this.question;
    const { connections } = this.reports;
    const { report, groupStarts } = this.reports.merged(() =>
      analysisOf(emptyColumns(0), network, new Uint8Array(0), list).report(list),
    );
    const hosts = network === null ? noHosts() : await this.hosts.table(target, number, scope, report, groupStarts);
    if (this.hosts.deedsLeftOut > 0)
      this.leaveOut(`of what hosts did once, ${this.hosts.deedsLeftOut} found no room in their stories`);
    return {
      hunt: number,
      report: {
        ...report,
        hosts,
        captures: [huntAsCapture(target, number, { network, flows: plan?.flows ?? 0, warnings: this.warnings })],
        settings: { ...DEFAULT_SETTINGS, ...list },
        flows: plan?.flows ?? 0,
        groups: plan?.groups ?? 0,
        largestGroup: plan?.largestGroup ?? 0,
        firstMs: network?.firstMs ?? null,
        lastMs: network?.lastMs ?? null,
        triage: { ...report.triage, internalTaken: network?.taken ?? null },
      },
      connections,
      findings,
      view: network === null ? null : { hunt: number, network, scope, unobserved },
    };
  }

  private tellLimits({ largestGroup, splitSources }: Plan): void {
    if (largestGroup > MOST_FLOWS)
      this.leaveOut(`a connection has ${largestGroup} flows: of each the first ${MOST_FLOWS} are looked at`);
    if (splitSources > 0)
      this.leaveOut(
        `${splitSources} hosts have too many flows for one part: what their connections have in common is told by part`,
      );
  }

  /** Says what is not looked at, now and with the report. */
  private leaveOut(message: string): void {
    this.options.say(message);
    this.warnings.push({ kind: 'left-out', offset: null, message });
  }
}

/** Groups that have flows of files that are new. */
function withNewFlows({ text, bound }: Condition): Condition {
  return { text: `countIf(${text}) > 0`, bound };
}

function more(count: number): string {
  return count > MOST_NAMES ? ` and ${count - MOST_NAMES} more` : '';
}
