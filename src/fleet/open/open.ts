import type { Analysis } from '../../analysis/report/analysis.ts';
import { DEFAULT_SETTINGS, type ListSettings } from '../../analysis/settings.ts';
import { type Engine, EngineError } from '../engine/engine.ts';
import type { Target } from '../engine/open.ts';
import { recordsOf } from '../engine/native-read.ts';
import { networkOfHunt } from '../hunt/network.ts';
import { allOf, type Question, scopeOf } from '../hunt/question.ts';
import { HuntRecords } from '../hunt/records.ts';
import { tableName } from '../schema/tables.ts';
import { type HuntView, readConnection } from './connection.ts';
import { type Ends, type FoundThen, type GivenVerdict, historyOf, verdictsOf } from './verdicts.ts';

/** A connection with all that is known of it. */
export interface Opened {
  /** Of its flows alone. */
  analysis: Analysis;
  list: ListSettings;
  history: FoundThen[];
  verdicts: GivenVerdict[];
}

/** Opens a connection as the last hunt saw it. Throws an `EngineError`, also where no flow has these ends. */
export async function openFinding(target: Target, ends: Ends): Promise<Opened> {
  const { hunt, question } = await lastHunt(target.engine, target.database);
  const records = new HuntRecords(target);
  const scope = allOf([records.filesOf(hunt), scopeOf(question)]);
  const network = await networkOfHunt(target, hunt, scope);
  const list = { ...DEFAULT_SETTINGS, ...question.list };
  const view: HuntView = { hunt, network, scope, unobserved: await records.unobserved(hunt) };
  const analysis = await readConnection(target, view, ends, list);
  if (analysis.flows.length === 0)
    throw new EngineError(`the last hunt saw no flow from ${ends.source} to ${ends.destination} port ${ends.port}`);
  return {
    analysis,
    list: { ...list, minFlows: 0, grouping: 'src,dst,port' },
    history: await historyOf(target, ends),
    verdicts: await verdictsOf(target, ends),
  };
}

async function lastHunt(engine: Engine, database: string): Promise<{ hunt: number; question: Question }> {
  const answer = await engine.read(
    `SELECT hunt, question FROM ${tableName(database, 'hunts')} WHERE state = 'done' ORDER BY hunt DESC LIMIT 1`,
  );
  const [last] = recordsOf(answer);
  if (last === undefined) throw new EngineError('nothing was hunted here yet: fleet hunt comes first');
  return { hunt: Number(last['hunt']), question: JSON.parse(String(last['question'])) as Question };
}
