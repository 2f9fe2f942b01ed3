import { connectionDetail } from '../connections/detail.ts';
import { flowEnds, flowTimes, sharesEnds } from '../connections/flow-ends.ts';
import { groupFlows, type Groups, largestGroup } from '../flows/group.ts';
import { MergedFlows } from '../connections/merged-flows.ts';
import type { DnsPairs } from '../dns/report.ts';
import type { FlowTimes } from '../net/flow-spans.ts';
import type { SeenMac } from '../inspect/hosts/hosts-seen.ts';
import { firstMsOf, type FlowColumns, lastMsOf } from '../flows/columns.ts';
import { startsOverTime } from '../flows/packets-over-time.ts';
import type { SeenHosts } from '../hosts/seen-hosts.ts';
import { noHosts } from '../hosts/table.ts';
import { Listing } from './listing.ts';
import type { ScoringHelp } from '../sessions/candidate-work.ts';
import { SessionIndex } from '../sessions/session-index.ts';
import { longSessions } from '../sessions/long.ts';
import type { SaidZones } from '../flow-logs/local-ends.ts';
import type { Sighting } from '../inspect/hosts/host-sightings.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Report } from './report.ts';
import { isSameRange, partsWithin, type TimeRange } from './time-range.ts';
import type { CaptureSummary } from '../capture.ts';
import type { ConnectionDetail, FlowEnd } from '../connections/connection-detail.ts';
import type { ListSettings, Settings } from '../settings.ts';
import { type Baseline, mergedBaselines } from '../triage/baseline.ts';
import { type NetworkCounts, networkFactsOf } from '../triage/network-facts.ts';

/** What was read of all captures together. */
export interface CapturesRead {
  captures: CaptureSummary[];
  /** Packets that belong to a flow. */
  flowPackets: number;
  packetsOverTime: { counts: Uint32Array; sliceMs: number };
  /**
   * Who is behind the addresses, by what was said and by MAC addresses, and which of those are the network's own, as far as
   * what was read says so.
   */
  hostsSeen: readonly Sighting[];
  macsSeen: readonly SeenMac[];
  saidZones: SaidZones;
}

/** What was read where flows come from elsewhere. */
export const NOTHING_READ: Omit<CapturesRead, 'packetsOverTime'> = {
  captures: [],
  flowPackets: 0,
  hostsSeen: [],
  macsSeen: [],
  saidZones: { internal: [], external: [] },
};

/** What an analysis is made of: plain data, which a saved analysis keeps as it is. */
export interface AnalysisParts {
  settings: Settings;
  read: CapturesRead;
  flows: FlowColumns;
  /** The flows as NFStream makes them, where the analysis joined halves of theirs; else the same. */
  nfstreamFlows: FlowColumns;
  sessions: Sessions;
  dns: DnsPairs;
  /** What the connections are compared with; null for nothing. */
  baseline: Baseline | null;
  /** What the whole network says where the flows are a part of it; null where they are all. */
  network: NetworkCounts | null;
}

interface Span {
  firstMs: number;
  lastMs: number;
}

/** Stands for the span of no flows: nothing is scored by it. */
const NO_SPAN: Span = { firstMs: 0, lastMs: 0 };

/** Flows -> connections -> intervals -> scores -> report: what was read, ready to be asked again in another way. */
export class Analysis {
  parts: AnalysisParts;
  private readonly through: MergedFlows;
  private readonly sessionIndex: SessionIndex;
  private readonly span: Span | null;
  private readonly listing: Listing;
  private list: ListSettings;
  private groups: Groups;
  /** The part of the time that is looked at; null for all of it. */
  private part: { range: TimeRange; analysis: Analysis } | null = null;
  private inVlans: boolean | null = null;
  private overTime: CapturesRead['packetsOverTime'] | null = null;

  /** @param help scores sessions in other threads, too, from now on; null where there are none */
  constructor(parts: AnalysisParts, help: ScoringHelp | null = null) {
    const { settings, flows, sessions, dns } = parts;
    const network = parts.network === null ? null : networkFactsOf(parts.network);
    this.parts = parts;
    this.through = new MergedFlows(flows);
    this.sessionIndex = new SessionIndex(sessions, flows, help);
    this.span = network ?? spanOf(flows);
    this.listing = new Listing(
      this.through,
      this.sessionIndex,
      this.span ?? NO_SPAN,
      dns,
      network,
      parts.read.saidZones,
      { sightings: parts.read.hostsSeen, macs: parts.read.macsSeen },
    );
    this.listing.baseline = parts.baseline;
    this.list = settings;
    this.groups = groupFlows(flows, settings.grouping);
    this.sessionIndex.regroup(this.groups);
  }

  get captures(): CaptureSummary[] {
    return this.parts.read.captures;
  }

  get flows(): FlowColumns {
    return (this.part?.analysis ?? this).parts.flows;
  }

  /** Compares the connections with a baseline from the next report on; with null no more. */
  compareWith(baseline: Baseline | null): void {
    this.parts = { ...this.parts, baseline };
    this.listing.baseline = baseline;
    this.part?.analysis.compareWith(baseline);
  }

  /** Looks at the flows that began in some time alone, from the next report on; with null at all of them. */
  lookAt(range: TimeRange | null): void {
    if (isSameRange(this.part?.range ?? null, range)) return;
    this.part = range === null ? null : { range, analysis: new Analysis(partsWithin(this.parts, range)) };
  }

  /** The hosts of the list asked for last, before their connections are looked at. Throws before any was. */
  seenHosts(): SeenHosts {
    const { hosts } = (this.part?.analysis ?? this).listing;
    if (hosts === null) throw new Error('asked for hosts before anything was listed');
    return hosts;
  }

  /** Where hosts went, beside what the baseline in use says, for later captures to be compared with. */
  ownBaseline(): Baseline {
    const { baseline } = this.parts;
    const own = (this.part?.analysis ?? this).listing.ownBaseline();
    return baseline === null ? own : mergedBaselines([baseline, own]);
  }

  /** The flows that exports write: exactly NFStream's. */
  get nfstreamFlows(): FlowColumns {
    return (this.part?.analysis ?? this).parts.nfstreamFlows;
  }

  /**
   * Connections with strictly more than `list.minFlows` flows, and those on the watch list, grouped, scored and triaged. The
   * columns of connections and of DNS stay the analysis's, which goes by them the next time: who moves them away copies them.
   * What is asked for later (`detail`) goes by this list.
   *
   * @param onScored told now and then how many of how many connections are scored
   * @param mostStories hosts whose stories somebody reads (see `hostTable`)
   */
  report(
    list: ListSettings,
    onScored?: (scored: number, listed: number) => void,
    mostStories = Number.POSITIVE_INFINITY,
  ): Report {
    if (this.part !== null) {
      const { range, analysis } = this.part;
      return { ...analysis.report(list, onScored, mostStories), ...this.packetsOfAll(), range };
    }
    const listed = this.listed(list, onScored);
    const { sessionIndex, groups } = this;
    const hosts = this.listing.hostsOf(groups, listed, mostStories);
    return { ...listed, long: longSessions(sessionIndex, groups), hosts };
  }

  /** The same without hosts, and with no more of long sessions than how many there are. */
  rows(list: ListSettings): Report {
    if (this.part !== null) {
      const { range, analysis } = this.part;
      return { ...analysis.rows(list), ...this.packetsOfAll(), range };
    }
    const listed = this.listed(list);
    return { ...listed, long: longSessions(this.sessionIndex, this.groups, 0), hosts: noHosts() };
  }

  private listed(
    list: ListSettings,
    onScored?: (scored: number, listed: number) => void,
  ): Omit<Report, 'long' | 'hosts'> {
    if (list.grouping !== this.list.grouping) {
      this.groups = groupFlows(this.flows, list.grouping);
      this.sessionIndex.regroup(this.groups);
    }
    this.list = list;
    const { span } = this;
    const { settings, read, dns } = this.parts;
    return {
      settings: { ...settings, ...picked(list) },
      captures: this.captures,
      packets: this.captures.reduce((sum, capture) => sum + capture.packets, 0),
      flowPackets: read.flowPackets,
      flows: this.flows.length,
      groups: this.groups.length,
      largestGroup: largestGroup(this.groups),
      firstMs: span === null ? null : span.firstMs,
      lastMs: span === null ? null : span.lastMs,
      ...this.packetsOfAll(),
      range: null,
      dns,
      lostMessages: this.sessionIndex.ends.sessions.lostMessages,
      rowsLeftOut: 0,
      ...this.listing.tables(this.groups, list, onScored),
    };
  }

  /**
   * The source of a group's connections and the places that its packets go to (`ConnectionDetail.ends`); its flows where
   * others go there, too, else null.
   */
  endsOf(group: number): { source: string; ends: FlowEnd[]; own: FlowTimes | null } {
    if (this.part !== null) return this.part.analysis.endsOf(group);
    const { flows } = this.through;
    const members = this.membersOf(group);
    const isShared = sharesEnds(flows, members, this.list.grouping);
    return {
      source: flows.addresses.text(flows.source[members[0]]),
      ends: flowEnds(flows, members).ends,
      own: isShared ? flowTimes(flows, members) : null,
    };
  }

  /** When packets came, of all that was read whatever time is looked at; of logs, when flows began. */
  private packetsOfAll(): Pick<Report, 'packetsOverTime' | 'sliceMs' | 'packetsFirstMs'> {
    const { counts } = this.parts.read.packetsOverTime;
    const firstMs = this.span?.firstMs ?? null;
    this.overTime ??=
      counts.length > 0 || firstMs === null
        ? this.parts.read.packetsOverTime
        : startsOverTime(this.parts.flows, firstMs);
    return { packetsOverTime: this.overTime.counts.slice(), sliceMs: this.overTime.sliceMs, packetsFirstMs: firstMs };
  }

  /** All of one group of the list asked for last (`ConnectionTable.group`). Throws a `RangeError` where there is none. */
  detail(group: number): ConnectionDetail {
    if (this.part !== null) return this.part.analysis.detail(group);
    const members = this.membersOf(group);
    const { settings, read } = this.parts;
    // Of all that was read, also where only a part of its time is looked at.
    const ends = read.captures.flatMap(({ lastMs }) => lastMs ?? []);
    const openSinceMs = ends.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...ends) - settings.idleTimeoutMs;
    const detail = connectionDetail(
      this.through,
      this.sessionIndex,
      group,
      members,
      this.list,
      this.span ?? NO_SPAN,
      openSinceMs,
    );
    // Halves that were joined have the VLAN of one of them: the flows that are exported keep both.
    this.inVlans ??= this.nfstreamFlows.vlanId.some((vlan) => vlan !== 0);
    return { ...detail, inVlans: this.inVlans };
  }

  private membersOf(group: number): Uint32Array {
    const { order, offsets, length } = this.groups;
    if (!(group >= 0 && group < length)) throw new RangeError(`no group ${group}: there are ${length}`);
    return order.subarray(offsets[group], offsets[group + 1]);
  }
}

function picked({ minFlows, notebookMinFlows, grouping, internal: inside, allow, watch }: ListSettings): ListSettings {
  return { minFlows, notebookMinFlows, grouping, internal: inside, allow, watch };
}

function spanOf(flows: FlowColumns): Span | null {
  if (flows.length === 0) return null;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let flow = 0; flow < flows.length; flow++) {
    firstMs = Math.min(firstMs, firstMsOf(flows, flow));
    lastMs = Math.max(lastMs, lastMsOf(flows, flow));
  }
  return { firstMs, lastMs };
}
