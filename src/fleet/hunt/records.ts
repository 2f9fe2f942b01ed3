import type { Target } from '../engine/open.ts';
import { nativeBlock, numberColumn, textColumn } from '../engine/native-write.ts';
import { recordsOf } from '../engine/native-read.ts';
import { quoted } from '../schema/names.ts';
import { tableName } from '../schema/tables.ts';
import { packPart, unpackPart } from './pack.ts';
import type { Condition } from './question.ts';
import type { ScoredPart } from './score-part.ts';

/** A hunt that did not say for this long that it is at work was stopped. */
const SILENT_MS = 60_000;
/** Files that hold flows: loaded to their end, and not removed since. */
const LOADED = "maxIf(at, state = 'loaded') > maxIf(at, state = 'removed')";

/** What the engine knows of hunts: which there were, the files and parts of each. */
export class HuntRecords {
  private readonly target: Target;

  constructor(target: Target) {
    this.target = target;
  }

  /** A hunt with this question that was stopped before its end; null for none. */
  async stopped(question: string): Promise<number | null> {
    const { engine } = this.target;
    const answer = await engine.read(
      "SELECT hunt, argMax(state, at) = 'running' AS is_running, any(question) = {question:String} AS is_same, " +
        'toUnixTimestamp64Milli(now64(3)) - toUnixTimestamp64Milli(max(at)) AS silent ' +
        `FROM ${this.table('hunts')} GROUP BY hunt ORDER BY hunt DESC LIMIT 1`,
      { question },
    );
    const [last] = recordsOf(answer);
    if (last === undefined || last['is_running'] !== 1 || last['is_same'] !== 1) return null;
    return engine.isAlone || Number(last['silent']) > SILENT_MS ? Number(last['hunt']) : null;
  }

  /**
   * Begins a hunt over the files that are loaded now; what is loaded while it goes on is the next one's. Resolves with
   * its number, which goes up with time.
   *
   * @param names which files, by their names
   */
  async begin(question: string, names: Condition): Promise<number> {
    const { engine } = this.target;
    const hunt = Date.now();
    const [last] = recordsOf(
      await engine.read(`SELECT max(hunt) AS hunt FROM ${this.table('hunts')} WHERE state = 'done'`),
    );
    await engine.run(
      `INSERT INTO ${this.table('hunt_files')} (hunt, file, is_new) SELECT {hunt:UInt64}, file, file GLOBAL NOT IN ` +
        `(SELECT file FROM ${this.table('hunt_files')} WHERE hunt = {last:UInt64}) ` +
        `FROM ${this.table('files')} WHERE ${names.text} GROUP BY file HAVING ${LOADED}`,
      { ...names.bound, hunt, last: Number(last?.['hunt'] ?? 0) },
    );
    await this.tell(hunt, 'running', question, { connections: 0, findings: 0 });
    return hunt;
  }

  async tell(
    hunt: number,
    state: 'running' | 'done',
    question: string,
    counts: { connections: number; findings: number },
  ): Promise<void> {
    await this.target.engine.run(
      `INSERT INTO ${this.table('hunts')} (hunt, state, at, question, connections, findings) SELECT {hunt:UInt64}, ` +
        '{state:String}, now64(3), {question:String}, {connections:UInt64}, {findings:UInt64}',
      { hunt, state, question, connections: counts.connections, findings: counts.findings },
    );
  }

  /** The flows of a hunt's files, or only those of files that the hunt before did not have. */
  filesOf(hunt: number, onlyNew = false): Condition {
    const isNew = onlyNew ? ' AND is_new = 1' : '';
    return {
      text: `file GLOBAL IN (SELECT file FROM ${this.table('hunt_files')} WHERE hunt = {hunt:UInt64}${isNew})`,
      bound: { hunt },
    };
  }

  /** Files of a hunt whose flows could not show something, and bits of `OBSERVED` of what. */
  async unobserved(hunt: number): Promise<{ file: number; bits: number }[]> {
    const answer = await this.target.engine.read(
      `SELECT file, max(unobserved) AS bits FROM ${this.table('files')} WHERE ${this.filesOf(hunt).text} ` +
        "AND state = 'loaded' GROUP BY file HAVING bits > 0",
      { hunt },
    );
    return recordsOf(answer).map(({ file, bits }) => ({ file: Number(file), bits: Number(bits) }));
  }

  /** Files that are half loaded: their flows are not looked at. */
  async halfLoaded(): Promise<string[]> {
    const answer = await this.target.engine.read(
      `SELECT any(name) AS name FROM ${this.table('files')} GROUP BY digest ` +
        "HAVING countIf(state = 'loaded') = 0 AND uniqExactIf(loader, state = 'loading') > " +
        "uniqExactIf(loader, state = 'left') ORDER BY name",
    );
    return recordsOf(answer).map(({ name }) => String(name));
  }

  async partsDone(hunt: number): Promise<Set<number>> {
    const answer = await this.target.engine.read(
      `SELECT DISTINCT part FROM ${this.table('parts')} WHERE hunt = {hunt:UInt64}`,
      { hunt },
    );
    return new Set(recordsOf(answer).map(({ part }) => Number(part)));
  }

  async readPart(hunt: number, part: number): Promise<ScoredPart> {
    const answer = await this.target.engine.read(
      `SELECT content FROM ${this.table('parts')} WHERE hunt = {hunt:UInt64} AND part = {part:UInt32} LIMIT 1`,
      { hunt, part },
    );
    return unpackPart(String(recordsOf(answer)[0]['content']));
  }

  async writePart(hunt: number, part: number, scored: ScoredPart): Promise<void> {
    const columns = [
      numberColumn('hunt', 'UInt64', [hunt]),
      numberColumn('part', 'UInt32', [part]),
      textColumn('content', [0], [packPart(scored)]),
    ];
    await this.target.engine.insert(
      this.table('parts'),
      columns.map(({ name }) => quoted(name)),
      nativeBlock(1, columns),
      `part-${hunt}-${part}`,
    );
  }

  private table(name: string): string {
    return tableName(this.target.database, name);
  }
}
