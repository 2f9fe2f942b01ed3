import type { Grouping } from '../../analysis/settings.ts';
import type { Target } from '../engine/open.ts';
import { recordsOf } from '../engine/native-read.ts';
import { tableName } from '../schema/tables.ts';
import { allOf, type Condition } from './question.ts';

/** Flows that are scored together: as many as fit a worker's memory. */
export const PART_FLOWS = 500_000;
/**
 * Of a connection with more flows only the first ones are looked at: RITA calls it a strobe, and rhythm reads 2,000.
 */
export const MOST_FLOWS = 200_000;

/** Consecutive sources in the order of their texts; or one source with too many flows, and some of its destinations. */
export interface Part {
  firstSource: string;
  lastSource: string;
  /** Null for all destinations. */
  destinations: { first: string; last: string } | null;
  /** Flows that are looked at, and all of the connections that they are in. */
  flows: number;
}

/** How the flows of a hunt are cut into parts, and what they are in all. */
export interface Plan {
  parts: Part[];
  flows: number;
  groups: number;
  largestGroup: number;
  /** Sources too large for one part. */
  splitSources: number;
}

/** Flows of a part, and how many of one source are too many for one. */
export interface PartSizes {
  partFlows?: number;
  splitFlows?: number;
}

/** What a row of flows is grouped by. */
export function groupColumns(grouping: Grouping): string {
  if (grouping === 'src,dst') return 'src_ip, dst_ip';
  if (grouping === 'src,dst,port') return 'src_ip, dst_ip, dst_port';
  const name =
    "if(requested_server_name != '', requested_server_name, if(resolved_name != '', resolved_name, " +
    "if(host_name != '', host_name, dst_ip)))";
  return `src_ip, ${name}`;
}

/** All groups of flows: points list a connection however few its flows, and facts are counted over all of a host's. */
export const EVERY_GROUP: Condition = { text: '1', bound: {} };

/**
 * Cuts the flows of a hunt into parts. A range of sources is one stretch of the table, which is in the order of its
 * texts: no flow is read for another part's sake. All connections of a source are in one part unless they are too many.
 *
 * @param sizes flows of a part, and how many of one source are too many for it
 */
export async function planOf(
  { engine, database }: Target,
  scope: Condition,
  kept: Condition,
  grouping: Grouping,
  sizes: PartSizes = {},
): Promise<Plan> {
  const { partFlows = PART_FLOWS, splitFlows = PART_FLOWS } = sizes;
  const keys = groupColumns(grouping);
  const groups = (column: 'source' | 'destination', where: Condition): Promise<Uint8Array> =>
    engine.read(
      `SELECT ${column} AS value, sum(n) AS flows, sumIf(least(n, {most:UInt64}), kept) AS looked, ` +
        'count() AS groups, max(n) AS largest FROM ' +
        `(SELECT src_ip AS source, any(dst_ip) AS destination, count() AS n, (${kept.text}) AS kept ` +
        `FROM ${tableName(database, 'flows')} WHERE ${where.text} GROUP BY ${keys}) ` +
        'GROUP BY value ORDER BY value SETTINGS optimize_aggregation_in_order = 1',
      { ...where.bound, ...kept.bound, most: MOST_FLOWS },
    );
  const plan: Plan = { parts: [], flows: 0, groups: 0, largestGroup: 0, splitSources: 0 };
  let open: Part | null = null;
  for (const row of recordsOf(await groups('source', scope))) {
    const source = String(row['value']);
    const looked = Number(row['looked']);
    plan.flows += Number(row['flows']);
    plan.groups += Number(row['groups']);
    plan.largestGroup = Math.max(plan.largestGroup, Number(row['largest']));
    if (looked === 0) continue;
    if (looked > splitFlows && grouping !== 'src,name') {
      const where = allOf([scope, { text: 'src_ip = {source:String}', bound: { source } }]);
      plan.parts.push(...splitParts(source, recordsOf(await groups('destination', where)), splitFlows));
      plan.splitSources++;
      open = null;
    } else if (open === null || open.flows + looked > partFlows) {
      open = { firstSource: source, lastSource: source, destinations: null, flows: looked };
      plan.parts.push(open);
    } else {
      open.lastSource = source;
      open.flows += looked;
    }
  }
  return plan;
}

/** Parts of one source: ranges of its destinations. */
function splitParts(source: string, rows: readonly Record<string, string | number>[], partFlows: number): Part[] {
  const parts: Part[] = [];
  for (const row of rows) {
    const value = String(row['value']);
    const flows = Number(row['looked']);
    if (flows === 0) continue;
    const last = parts.at(-1);
    if (last?.destinations == null || last.flows + flows > partFlows) {
      parts.push({ firstSource: source, lastSource: source, destinations: { first: value, last: value }, flows });
    } else {
      last.destinations.last = value;
      last.flows += flows;
    }
  }
  return parts;
}

/** Where the flows of a part are. */
export function rangeOf({ firstSource, lastSource, destinations }: Part): Condition {
  const sources: Condition = {
    text: 'src_ip >= {firstSource:String} AND src_ip <= {lastSource:String}',
    bound: { firstSource, lastSource },
  };
  if (destinations === null) return sources;
  return allOf([
    sources,
    {
      text: 'dst_ip >= {firstDestination:String} AND dst_ip <= {lastDestination:String}',
      bound: { firstDestination: destinations.first, lastDestination: destinations.last },
    },
  ]);
}
