import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { NameCounter } from '../connections/names.ts';
import { earliestMs, type FlowColumns } from '../flows/columns.ts';
import type { Groups } from '../flows/group.ts';
import { ByteMemo } from '../memory/byte-memo.ts';
import { Mode } from '../memory/mode.ts';
import { columnOf, inOneRun } from '../memory/columns.ts';
import { APPLICATIONS } from '../protocols/application-ids.ts';
import { ALL_SIGNS, SIGNS } from '../protocols/signs.ts';
import { createFactColumns, createTriageColumns } from './columns.ts';
import type { GroupFacts } from './group-facts.ts';
import { pointsOf } from './lines.ts';
import type { Novelty } from './novelty.ts';
import type { NameTraits, TraitCache } from './names/traits.ts';
import { RowFacts } from './row-facts.ts';
import { isTelling } from './rules/rule.ts';
import { trafficCategoryOf } from './traffic-category.ts';

/** Points from which on a connection is listed however few its flows. */
export const LISTED_POINTS = 2;
/** Connections listed for their points alone: with more, only those of most points are. */
const MOST_LISTED = 5000;
/** What every request and every hello shows is no reason to look closer. */
const REMARKABLE_SIGNS = ALL_SIGNS & ~(SIGNS.request | SIGNS.hello);
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);
/** One that speaks for no service. */
const ANY_PORT = 1;
/** By application: 1 for one that names hosts or keeps time, to which no rule but those of DNS adds points. */
const IS_EXCUSED = Uint8Array.from(APPLICATIONS, (application) => {
  return isTelling({ category: trafficCategoryOf(application, PROTOCOL_UDP, ANY_PORT) }) ? 0 : 1;
});

/** Which connections of few flows are worth reading for what they say. */
export interface Worth {
  /** By group: 1 where it is. */
  isListed: Uint8Array;
  /** Connections that would be, too, but for the most that are listed so. */
  leftOut: number;
}

/** Adds up, without a rhythm, the points of connections with at most `minFlows` flows. */
export function worthReading(
  flows: FlowColumns,
  groups: Groups,
  minFlows: number,
  facts: GroupFacts,
  traits: TraitCache,
  novelty: Novelty | null = null,
): Worth {
  const points = new Int8Array(groups.length);
  const counts = new Uint32Array(128);
  const reader = new OneRow(flows, facts, traits, novelty);
  const traitsOf = traits.byNumber(flows.names);
  for (const group of byFirstFlow(groups, flows.length)) {
    const [start, end] = [groups.offsets[group], groups.offsets[group + 1]];
    if (end - start > minFlows) continue;
    const members = groups.order.subarray(start, end);
    const isNew = novelty !== null && novelty.of(members).bits !== 0;
    if (!isNew && !isRemarkable(flows, members, facts, traitsOf)) continue;
    points[group] = reader.points(members);
    if (points[group] >= LISTED_POINTS) counts[points[group]]++;
  }
  const { least, leftOut } = leastListed(counts);
  return { isListed: columnOf(Uint8Array, points, (sum) => (sum >= least ? 1 : 0)), leftOut };
}

/**
 * The fewest points with which connections are listed, so that no more than `MOST_LISTED` are, and how many others would be.
 *
 * @param counts connections by their points, from `LISTED_POINTS` on
 */
export function leastListed(counts: Uint32Array): { least: number; leftOut: number } {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let least = LISTED_POINTS;
  let listed = all;
  for (; listed > MOST_LISTED; least++) listed -= counts[least];
  return { least, leftOut: all - listed };
}

/**
 * Groups in the order of their first flows: those of a flood have one each, and their columns are read from the first
 * row to the last then.
 */
function byFirstFlow({ length, order, offsets }: Groups, flows: number): Uint32Array {
  const groupOf = new Uint32Array(flows);
  for (let group = 0; group < length; group++) groupOf[order[offsets[group]]] = group + 1;
  let count = 0;
  for (const group of groupOf) if (group > 0) groupOf[count++] = group - 1;
  return groupOf.subarray(0, count);
}

function isOdd({ randomLabel, disposable, cheapEnding, reach }: NameTraits): boolean {
  return randomLabel !== '' || disposable !== '' || cheapEnding !== '' || reach !== '';
}

/** Whether anything sets some flows apart from named web traffic that leaves the network. */
function isRemarkable(
  flows: FlowColumns,
  members: Uint32Array,
  facts: GroupFacts,
  traitsOf: (name: number) => NameTraits,
): boolean {
  if (areExcused(flows, members, facts)) return false;
  for (const flow of members) {
    if ((flows.signs[flow] & REMARKABLE_SIGNS) !== 0) return true;
    if (facts.isDnsFinding(flow)) return true;
    if (!facts.isGoing(flow)) continue;
    if (facts.hasNameRhythm(flow)) return true;
    if (flows.name[flow] === 0 || !WEB_PORTS.has(flows.destinationPort[flow])) return true;
    if (isOdd(traitsOf(flows.name[flow])) || facts.isAfterEvent(flow)) return true;
  }
  return false;
}

/** Whether each of some flows was seen to speak what gets no points, whatever else it is. */
function areExcused(flows: FlowColumns, members: Uint32Array, facts: GroupFacts): boolean {
  const { application, applicationGuessed, destinationPort, protocol } = flows;
  for (const flow of members) {
    if (IS_EXCUSED[application[flow]] === 0 || applicationGuessed[flow] !== 0) return false;
    // Other protocols have control messages, which may be tunnels.
    if (destinationPort[flow] === 0 || (protocol[flow] !== PROTOCOL_UDP && protocol[flow] !== PROTOCOL_TCP))
      return false;
    if (facts.isDnsFinding(flow)) return false;
  }
  return true;
}

/** A table of one row, in which one connection after the other is looked at. */
class OneRow {
  private readonly flows: FlowColumns;
  private readonly facts: GroupFacts;
  private readonly columns = createFactColumns(1);
  private readonly names: NameCounter;
  private readonly ports: Mode;
  private readonly protocols: Mode;
  private readonly table = {
    flows: new Uint32Array(1),
    destinationPort: new Uint16Array(1),
    protocol: new Uint8Array(1),
    name: new Uint32Array(1),
    joined: {
      score: Float64Array.of(Number.NaN),
      strength: Float64Array.of(Number.NaN),
      intervalS: Float64Array.of(Number.NaN),
      jitter: Float64Array.of(Number.NaN),
    },
  };
  private readonly novelty: Novelty | null;
  private readonly before = { novelty: new Uint8Array(1), hostsBefore: new Uint32Array(1) };
  /** The row as bytes, and the points of such: those of a flood are alike but for their addresses. */
  private readonly bytes: Uint8Array;
  private readonly known: ByteMemo<number>;

  constructor(flows: FlowColumns, facts: GroupFacts, traits: TraitCache, novelty: Novelty | null) {
    this.flows = flows;
    this.facts = facts;
    this.novelty = novelty;
    this.names = new NameCounter(flows);
    this.ports = new Mode(flows.destinationPort);
    this.protocols = new Mode(flows.protocol);
    this.bytes = inOneRun([this.table, this.columns, this.before]);
    const { lines, watched } = createTriageColumns(1);
    // Properties that are added to columns make a dictionary of them, which is slow.
    const triage = { ...this.columns, lines, watched, ...this.before };
    const { hosts, staysInternal } = facts;
    const rowFacts = new RowFacts(
      {
        table: this.table,
        triage,
        names: flows.names,
        watched: [''],
        domains: facts.dns.texts,
        hosts,
        staysInternal,
        baseline: novelty?.summary ?? null,
      },
      traits,
    );
    this.known = new ByteMemo(() => pointsOf(rowFacts.of(0)));
  }

  points(members: Uint32Array): number {
    const { flows, table, names, ports, protocols } = this;
    names.count(members);
    ports.count(members);
    protocols.count(members);
    const name = names.mostUsed();
    table.flows[0] = members.length;
    table.destinationPort[0] = ports.value;
    table.protocol[0] = protocols.value;
    table.name[0] = name;
    this.facts.write(members, earliestMs(flows, members), this.columns, 0);
    if (this.novelty !== null) {
      const { bits, hosts } = this.novelty.of(members);
      this.before.novelty[0] = bits;
      this.before.hostsBefore[0] = hosts;
    }
    // No points follow from how late it is, which of two flows is hardly ever the same.
    this.columns.late[0] = 0;
    return this.known.get(this.bytes, 0, this.bytes.length);
  }
}
