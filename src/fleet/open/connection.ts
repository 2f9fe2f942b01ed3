import type { ListSettings } from '../../analysis/settings.ts';
import type { Analysis } from '../../analysis/report/analysis.ts';
import { flowsOf } from '../hunt/flow-reader.ts';
import { type Network, prevalenceQuery } from '../hunt/network.ts';
import { readFlows } from '../hunt/part-flows.ts';
import { EVERY_GROUP } from '../hunt/plan.ts';
import { allOf, type Condition } from '../hunt/question.ts';
import { analysisOf, type PartJob } from '../hunt/score-part.ts';
import type { Target } from '../engine/open.ts';
import { type Ends, OF_ENDS } from './verdicts.ts';

/** What a connection is read by: the flows of a hunt, and what they were judged against. */
export interface HuntView {
  hunt: number;
  network: Network;
  /** Its files, times and filters. */
  scope: Condition;
  unobserved: PartJob['unobserved'];
}

/**
 * All flows of one connection as an analysis of its own, judged by what a hunt counted over all flows: it lists that
 * connection alone, and has its detail. Throws an `EngineError`.
 */
export async function readConnection(
  target: Target,
  { hunt, network, scope, unobserved }: HuntView,
  { source, destination, port }: Ends,
  list: ListSettings,
): Promise<Analysis> {
  const where = allOf([scope, { text: OF_ENDS, bound: { source, destination, port } }]);
  const flows = await readFlows(target, where, EVERY_GROUP, 'src,dst,port');
  const query = prevalenceQuery(target.database, where, hunt);
  const prevalence = await target.engine.read(query.text, query.bound);
  return analysisOf(flowsOf(flows, unobserved), network, prevalence, {
    ...list,
    minFlows: 0,
    grouping: 'src,dst,port',
  });
}
