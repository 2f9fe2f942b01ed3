import { Commonest } from '../memory/commonest.ts';
import { type Groups, largestGroup } from '../flows/group.ts';
import { firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { couldShow } from '../flows/observed.ts';
import type { ScoredTable } from '../connections/scored-table.ts';
import { createFactColumns, type FactColumns } from './columns.ts';
import { isNameless } from './facts.ts';
import { FingerprintUse } from './fingerprint-use.ts';
import { FlowShares } from './flow-shares.ts';
import type { NetworkFacts } from './network-facts.ts';
import { PLACES } from '../net/zones.ts';
import { Prevalence } from './prevalence.ts';
import { countSiblings } from './siblings.ts';
import type { TwinColumns } from './twins.ts';

const INSIDE = PLACES.indexOf('inside');
const OUTSIDE = PLACES.indexOf('outside');

/** Facts of listed connections, and what they are counted against. */
export interface TableFacts {
  columns: FactColumns;
  /** Inside sources, and all inside addresses. */
  hosts: number;
  insideAddresses: number;
}

/**
 * What the flows of listed connections say.
 *
 * @param groups all connections, listed or not: prevalence and fingerprints count over all
 * @param places by address: index into `PLACES`
 * @param network what the whole network says where the flows are a part of it; null where they are all
 */
export function tableFacts(
  flows: FlowColumns,
  groups: Groups,
  table: ScoredTable,
  places: Uint8Array,
  network: NetworkFacts | null = null,
): TableFacts {
  const columns = createFactColumns(table.length);
  const isInside = places.map((place) => (place === INSIDE ? 1 : 0));
  const prevalence = new Prevalence(flows, groups, isInside);
  if (network !== null) prevalence.widen(flows, network);
  const fingerprints = new FingerprintUse(flows, groups);
  const shares = new FlowShares(flows, largestGroup(groups));
  const [applications, destinations, names] = [flows.application, flows.destination, flows.name].map(
    (column) => new Commonest(column),
  );
  const span =
    network === null
      ? startSpan(flows)
      : { firstMs: network.firstMs, ms: Math.max(0, network.lastStartMs - network.firstMs) };
  for (let row = 0; row < table.length; row++) {
    const group = table.group[row];
    const members = groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]);
    shares.count(members);
    applications.count(members);
    destinations.count(members);
    names.count(members);
    columns.application[row] = applications.value;
    columns.applicationSeen[row] = isSeen(flows, members, applications.value) ? 1 : 0;
    columns.sourcePlace[row] = places[flows.source[members[0]]];
    columns.destinationPlace[row] = places[destinations.value];
    columns.observed[row] = shares.observed;
    columns.namedShare[row] = shares.named;
    columns.literalShare[row] = shares.literal;
    columns.failedShare[row] = shares.failed;
    columns.dataShare[row] = shares.data;
    columns.spreadSent[row] = shares.spread(members, flows.bytesSent);
    columns.spreadReceived[row] = shares.spread(members, flows.bytesReceived);
    columns.late[row] = span.ms === 0 ? 0 : (table.firstSeenMs[row] - span.firstMs) / span.ms;
    const goesByName = names.value !== 0 && !isNameless({ namedShare: shares.named, literalShare: shares.literal });
    columns.hosts[row] = goesByName ? prevalence.ofName[names.value] : prevalence.ofAddress[destinations.value];
    columns.ownFingerprint[row] = fingerprints.isOwn(members) ? 1 : 0;
  }
  columns.siblings = countSiblings(twinColumns(table, columns));
  return {
    columns,
    hosts: prevalence.allHosts,
    insideAddresses: network?.insideAddresses ?? isInside.reduce((count, inside) => count + inside, 0),
  };
}

/** What tells twins among listed connections. */
export function twinColumns({ source, destination, joined }: ScoredTable, facts: FactColumns): TwinColumns {
  const nameless = new Uint8Array(source.length);
  for (let row = 0; row < nameless.length; row++) {
    const shares = { namedShare: facts.namedShare[row], literalShare: facts.literalShare[row] };
    if (facts.destinationPlace[row] !== OUTSIDE || !couldShow(facts.observed[row], 'names')) continue;
    if (isNameless(shares)) nameless[row] = 1;
  }
  return { source, destination, nameless, score: joined.score, intervalS: joined.intervalS };
}

/** Whether the application was recognised in any of the flows that are said to be of it. */
function isSeen({ application, applicationGuessed }: FlowColumns, members: Uint32Array, most: number): boolean {
  return members.some((flow) => application[flow] === most && applicationGuessed[flow] === 0);
}

/** From the start of the first flow to that of the last. */
function startSpan(flows: FlowColumns): { firstMs: number; ms: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let flow = 0; flow < flows.length; flow++) {
    const ms = firstMsOf(flows, flow);
    if (ms < first) first = ms;
    if (ms > last) last = ms;
  }
  return { firstMs: first, ms: Math.max(0, last - first) };
}
