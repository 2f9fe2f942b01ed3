import { textsOf } from '../../analysis/memory/text-pool.ts';
import type { Analysis } from '../../analysis/report/analysis.ts';
import { rowsInOrder } from '../../analysis/report/rank.ts';
import type { Report } from '../../analysis/report/report.ts';
import type { ListSettings } from '../../analysis/settings.ts';
import type { Bound } from '../engine/engine.ts';
import type { Target } from '../engine/open.ts';
import { huntAsCapture } from '../hunt/as-capture.ts';
import { flowsOf } from '../hunt/flow-reader.ts';
import { prevalenceQuery } from '../hunt/network.ts';
import { readFlows } from '../hunt/part-flows.ts';
import { EVERY_GROUP } from '../hunt/plan.ts';
import { allOf, type Condition } from '../hunt/question.ts';
import { analysisOf } from '../hunt/score-part.ts';
import type { HuntView } from './connection.ts';

/** Flows that a page has room for. */
const MOST_FLOWS = 1_000_000;
/** Connections whose flows are asked for at a time: their ends travel beside the statement. */
const ENDS_AT_A_TIME = 250;

/**
 * The first connections of a hunt by triage, with their flows, as an analysis that is saved and opened without the
 * engine: all of the hunt's flows where there is room for them. What is left out is told as a warning of it.
 *
 * @throws EngineError
 */
export async function huntAnalysis(
  target: Target,
  view: HuntView,
  report: Report,
  { scored, list, mostFlows = MOST_FLOWS }: { scored: number; list: ListSettings; mostFlows?: number },
): Promise<Analysis> {
  const { hunt, network, scope, unobserved } = view;
  const rows = firstRows(report, mostFlows);
  const isWhole = report.flows <= mostFlows && rows.length === scored;
  const flows: Uint8Array[] = [];
  const prevalence: Uint8Array[] = [];
  for (const where of isWhole ? [scope] : chunksOf(report, rows).map((ends) => allOf([scope, ends]))) {
    flows.push(await readFlows(target, where, EVERY_GROUP, list.grouping));
    const query = prevalenceQuery(target.database, where, hunt);
    prevalence.push(await target.engine.read(query.text, query.bound));
  }
  const columns = flowsOf(Buffer.concat(flows), unobserved);
  const warnings = report.captures.flatMap((capture) => capture.warnings);
  if (!isWhole) {
    const message =
      `the first ${rows.length} of ${scored} connections by triage are in it, with their flows; ` +
      'what their hosts have in common with other connections is not seen';
    warnings.push({ kind: 'left-out', offset: null, message });
  }
  const source = huntAsCapture(target, hunt, { network, flows: columns.length, warnings });
  return analysisOf(columns, network, Buffer.concat(prevalence), list, [source]);
}

/** Rows in the order of triage, as many as have so many flows. */
function firstRows({ connections }: Report, mostFlows: number): Uint32Array {
  const rows = rowsInOrder(connections, 'triage');
  let flows = 0;
  const end = rows.findIndex((row) => (flows += connections.flows[row]) > mostFlows);
  return rows.subarray(0, end < 0 ? rows.length : Math.max(1, end));
}

/** Conditions on the ends of connections, some at a time. */
function chunksOf({ connections, addresses }: Report, rows: Uint32Array): Condition[] {
  const texts = textsOf(addresses);
  const { source, destination, destinationPort } = connections;
  const chunks: Condition[] = [];
  for (let start = 0; start < rows.length; start += ENDS_AT_A_TIME) {
    const some = [...rows.subarray(start, start + ENDS_AT_A_TIME)];
    const bound: Bound = {
      sources: some.map((row) => texts[source[row]]),
      destinations: some.map((row) => texts[destination[row]]),
      ports: some.map((row) => destinationPort[row]),
    };
    const ends = 'arrayJoin(arrayZip({sources:Array(String)}, {destinations:Array(String)}, {ports:Array(UInt16)}))';
    chunks.push({
      text: `(src_ip, dst_ip, dst_port) IN (SELECT ends.1, ends.2, ends.3 FROM (SELECT ${ends} AS ends))`,
      bound,
    });
  }
  return chunks;
}
