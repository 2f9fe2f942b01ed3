import type { Groups } from '../flows/group.ts';
import { type RowTraces, rowTraces } from '../flows/row-traces.ts';
import type { MergedFlows } from '../connections/merged-flows.ts';
import type { SaidZones } from '../flow-logs/local-ends.ts';
import { scoreConnections, type ScoredTables } from '../connections/table.ts';
import type { ConnectionTable } from './report.ts';
import type { TextPool } from '../memory/text-pool.ts';
import { textsOf } from '../memory/text-pool.ts';
import type { SessionIndex } from '../sessions/session-index.ts';
import type { ListSettings } from '../settings.ts';
import type { DnsPairs } from '../dns/report.ts';
import type { FactColumns } from '../triage/columns.ts';
import { DnsFindings } from '../triage/dns-findings.ts';
import { tableFacts } from '../triage/fact-columns.ts';
import { GroupFacts } from '../triage/group-facts.ts';
import { internalAddresses, type InternalAddresses } from '../triage/internal-addresses.ts';
import { ListMatches } from '../triage/list-matches.ts';
import type { NetworkFacts } from '../triage/network-facts.ts';
import { TraitCache } from '../triage/names/traits.ts';
import type { TriageSummary } from '../triage/summary.ts';
import { triageTable } from '../triage/triage.ts';
import { type SeenHosts, seenHosts } from '../hosts/seen-hosts.ts';
import { type HostTable, hostTable } from '../hosts/table.ts';
import type { HostsSeen } from '../inspect/hosts/hosts-seen.ts';
import { RowFacts } from '../triage/row-facts.ts';
import { type Baseline, baselineOf } from '../triage/baseline.ts';
import { Novelty } from '../triage/novelty.ts';
import { type Worth, worthReading } from '../triage/worth.ts';

/** The part of a `Report` that depends on what is listed. */
export interface ReportTables {
  connections: ConnectionTable;
  traces: RowTraces;
  addresses: TextPool;
  names: TextPool;
  triage: TriageSummary;
  /** Connections that have no more flows than the limit and are listed for a score inside one of their sessions. */
  insideOnly: number;
  /** Those that are listed for their points alone, and those that there was no room for. */
  pointsOnly: number;
  pointsLeftOut: number;
}

/** The rows of a list with what they refer to. */
type RowTables = Pick<ReportTables, 'connections' | 'triage' | 'addresses' | 'names'>;

/** What flows say by themselves under some settings. */
interface Asked {
  groups: Groups;
  inside: string;
  minFlows: number;
  internal: InternalAddresses;
  facts: GroupFacts;
  worth: Worth;
  baseline: Baseline | null;
  novelty: Novelty | null;
}

/** What was found under some settings, good as long as they are the same. */
interface Kept {
  groups: Groups;
  listed: Uint32Array;
  notebookMinFlows: number;
  inside: string;
  tables: ScoredTables;
  facts: FactColumns;
  traces: RowTraces;
}

/**
 * Lists, scores and triages connections. What it found last is kept, so that a change of the lists of what to set aside
 * and to look for takes no scoring: it shows at once.
 */
export class Listing {
  private readonly through: MergedFlows;
  private readonly sessionIndex: SessionIndex;
  private readonly capture: { firstMs: number; lastMs: number };
  private readonly saidZones: SaidZones;
  private readonly network: NetworkFacts | null;
  /** What the connections are compared with; null for nothing. */
  baseline: Baseline | null = null;
  private readonly traits = new TraitCache();
  private readonly dns: DnsFindings;
  private readonly seen: HostsSeen;
  private asked: Asked | null = null;
  private kept: Kept | null = null;
  /** The hosts of the list asked for last, before their connections are looked at; null before any was. */
  hosts: SeenHosts | null = null;
  private marks: { of: ListMatches; allow: string; watch: string } | null = null;

  /**
   * @param sessionIndex the sessions, turned to the grouping that is asked for next
   * @param capture what all packets of flows span, in milliseconds since 1970
   * @param network what the whole network says where the flows are a part of it; null where they are all
   * @param saidZones which addresses logs call local
   * @param seen what was told of hosts
   */
  constructor(
    through: MergedFlows,
    sessionIndex: SessionIndex,
    capture: { firstMs: number; lastMs: number },
    dns: DnsPairs,
    network: NetworkFacts | null = null,
    saidZones: SaidZones = { internal: [], external: [] },
    seen: HostsSeen = { sightings: [], macs: [] },
  ) {
    this.saidZones = saidZones;
    this.seen = seen;
    this.network = network;
    this.through = through;
    this.sessionIndex = sessionIndex;
    this.capture = capture;
    this.dns = new DnsFindings(dns, through.flows);
  }

  /**
   * Connections with strictly more than `list.minFlows` flows, those with a score inside one of their sessions, those that
   * the watch list meets, and those that are worth reading for what they say, in the order of the groups. The arrays stay
   * the listing's: a large list has no memory for two.
   *
   * @param onScored told now and then how many of how many connections are scored
   */
  tables(groups: Groups, list: ListSettings, onScored?: (scored: number, listed: number) => void): ReportTables {
    const marks = this.marksOf(list);
    const asked = this.ask(groups, list);
    const { listed, insideOnly, pointsOnly } = listedGroups(
      groups,
      this.sessionIndex,
      list.minFlows,
      marks.watchedGroups(groups),
      asked.worth.isListed,
    );
    if (!this.isKept(groups, listed, list)) this.kept = this.find(asked, listed, list, onScored);
    const { tables, facts, traces } = this.kept!;
    const { taken, problems } = asked.internal;
    const { connections, addresses, names } = tables;
    const { triage, summary } = triageTable(
      groups,
      connections,
      facts,
      asked.facts,
      textsOf(names),
      marks,
      this.traits,
      asked.novelty,
    );
    return {
      connections: { ...connections, triage },
      traces,
      addresses,
      names,
      triage: { ...summary, internalTaken: taken, internalProblems: problems },
      insideOnly,
      pointsOnly,
      pointsLeftOut: asked.worth.leftOut,
    };
  }

  /** The hosts of the network, by what was listed last, with so many stories (see `hostTable`); throws before that. */
  hostsOf(groups: Groups, { connections, triage: summary, ...pools }: RowTables, mostStories?: number): HostTable {
    const { events } = this.lastAsked.facts;
    const { places } = this.lastAsked.internal;
    const { flows } = this.through;
    const texts = { addresses: textsOf(pools.addresses), names: textsOf(pools.names) };
    const { triage } = connections;
    const rowFacts = new RowFacts(
      {
        table: connections,
        triage,
        names: texts.names,
        watched: textsOf(summary.watched),
        domains: this.dns.texts,
        hosts: summary.hosts,
        staysInternal: summary.staysInternal,
        baseline: summary.baseline,
      },
      this.traits,
    );
    const seen = seenHosts({ flows, groups, places, seen: this.seen, events });
    this.hosts = seen;
    const hostOf = (row: number): number => {
      const flow = groups.order[groups.offsets[connections.group[row]]];
      const host = seen.ofAddress[flows.source[flow]];
      return host >= 0 ? host : seen.ofAddress[flows.destination[flow]];
    };
    return hostTable(seen, { connections, triage, rowFacts, ...texts }, hostOf, mostStories);
  }

  /** Where hosts went, for later captures to be compared with. Throws before anything was listed. */
  ownBaseline(): Baseline {
    return baselineOf(this.through.flows, this.lastAsked.internal.places);
  }

  /** What was asked last. Throws before anything was listed. */
  private get lastAsked(): Asked {
    if (this.asked === null) throw new Error('asked for what follows from a list before anything was listed');
    return this.asked;
  }

  private ask(groups: Groups, { internal: inside, minFlows }: ListSettings): Asked {
    const { asked, through, traits } = this;
    const isSame = asked !== null && asked.groups === groups && asked.inside === inside;
    const { dns, network, saidZones, baseline } = this;
    const isCompared = isSame && asked.baseline === baseline;
    if (isCompared && asked.minFlows === minFlows) return asked;
    const internal = isSame ? asked.internal : internalAddresses(through.flows, inside, saidZones, network === null);
    const facts = isSame ? asked.facts : new GroupFacts(through.flows, groups, internal.places, dns, traits, network);
    const compared = baseline === null ? null : new Novelty(through.flows, internal.places, baseline);
    const novelty = isCompared ? asked.novelty : compared;
    const worth = worthReading(through.flows, groups, minFlows, facts, traits, novelty);
    this.asked = { groups, inside, minFlows, internal, facts, worth, baseline, novelty };
    return this.asked;
  }

  private marksOf({ allow, watch }: ListSettings): ListMatches {
    const { marks } = this;
    if (marks !== null && marks.allow === allow && marks.watch === watch) return marks.of;
    this.marks = { of: new ListMatches(this.through.flows, { allow, watch }), allow, watch };
    return this.marks.of;
  }

  private isKept(groups: Groups, listed: Uint32Array, { internal: inside, notebookMinFlows }: ListSettings): boolean {
    const { kept } = this;
    return (
      kept !== null &&
      kept.groups === groups &&
      kept.inside === inside &&
      kept.notebookMinFlows === notebookMinFlows &&
      areEqual(kept.listed, listed)
    );
  }

  private find(
    { groups, internal, facts: groupFacts }: Asked,
    listed: Uint32Array,
    list: ListSettings,
    onScored?: (scored: number, listed: number) => void,
  ): Kept {
    const { notebookMinFlows, internal: inside } = list;
    const tables = scoreConnections(
      this.through,
      groups,
      listed,
      this.sessionIndex,
      internal.places,
      list,
      this.capture,
      onScored,
    );
    const facts = tableFacts(groups, tables.connections, groupFacts);
    const traces = rowTraces(this.through.flows, listed.length, (row) => {
      return groups.order.subarray(groups.offsets[listed[row]], groups.offsets[listed[row] + 1]);
    });
    return { groups, listed, notebookMinFlows, inside, tables, facts, traces };
  }
}

function listedGroups(
  groups: Groups,
  sessionIndex: SessionIndex,
  minFlows: number,
  watched: Uint8Array,
  worth: Uint8Array,
): { listed: Uint32Array; insideOnly: number; pointsOnly: number } {
  const listed = new Uint32Array(groups.length);
  let count = 0;
  let insideOnly = 0;
  let pointsOnly = 0;
  for (let group = 0; group < groups.length; group++) {
    if (groups.offsets[group + 1] - groups.offsets[group] <= minFlows && watched[group] === 0) {
      if (sessionIndex.isScored(group)) insideOnly++;
      else if (worth[group] === 1) pointsOnly++;
      else continue;
    }
    listed[count++] = group;
  }
  return { listed: listed.slice(0, count), insideOnly, pointsOnly };
}

function areEqual(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
