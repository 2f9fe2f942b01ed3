import type { ListSettings } from '../../analysis/settings.ts';
import type { Analysis } from '../../analysis/report/analysis.ts';
import { flowsOf } from '../hunt/flow-reader.ts';
import { type Network, prevalenceQuery } from '../hunt/network.ts';
import { readFlows } from '../hunt/part-flows.ts';
import { allOf, type Condition } from '../hunt/question.ts';
import { HuntRecords } from '../hunt/records.ts';
import { analysisOf } from '../hunt/score-part.ts';
import type { Target } from '../engine/open.ts';
import type { Ends } from './verdicts.ts';

/** What a connection is read by: the flows of a hunt, and what they were judged against. */
export interface HuntView {
  hunt: number;
  network: Network;
  /** Its files, times and filters. */
  scope: Condition;
}

/**
 * All flows of one connection as an analysis of its own, judged by what a hunt counted over all flows: it lists that
 * connection alone, and has its detail. Throws an `EngineError`.
 */
export async function readConnection(
  target: Target,
  { hunt, network, scope }: HuntView,
  { source, destination, port }: Ends,
  list: ListSettings,
): Promise<Analysis> {
  const records = new HuntRecords(target);
  const where = allOf([
    scope,
    {
      text: 'src_ip = {source:String} AND dst_ip = {destination:String} AND dst_port = {port:UInt16}',
      bound: { source, destination, port },
    },
  ]);
  const flows = await readFlows(target, where, { text: '1', bound: {} }, 'src,dst,port');
  const query = prevalenceQuery(target.database, where, hunt);
  const prevalence = await target.engine.read(query.text, query.bound);
  const unobserved = await records.unobserved(hunt);
  return analysisOf(flowsOf(flows, unobserved), network, prevalence, {
    ...list,
    minFlows: 0,
    grouping: 'src,dst,port',
  });
}
