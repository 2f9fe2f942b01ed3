import { columnOf } from '../memory/columns.ts';
import { PROTOCOL_TCP } from 'pcap-ts-parser';
import { Mode } from '../memory/mode.ts';
import { firstMsOf, type FlowColumns, FRESH } from '../flows/columns.ts';
import { type Groups, largestGroup } from '../flows/group.ts';
import { couldShow, OBSERVED } from '../flows/observed.ts';
import { comparableName, isAddressLiteral } from '../lists/name-text.ts';
import { ZONES } from '../net/zones.ts';
import { UNKNOWN } from '../protocols/application-ids.ts';
import { agentYear, yearsUntil } from './agent-age.ts';
import { Arrivals } from './arrivals.ts';
import { CIRCUMSTANCES, type FactColumns } from './columns.ts';
import type { DnsFindings } from './dns-findings.ts';
import { isNameless } from './facts.ts';
import { FingerprintUse } from './fingerprint-use.ts';
import { FlowShares } from './flow-shares.ts';
import { HOST_EVENTS, type HostEvent, HostEvents } from './host-events.ts';
import { endsOf, writeMeasures } from './measures.ts';
import { NameRhythms } from './name-rhythms.ts';
import { NamelessServers } from './nameless-servers.ts';
import type { TraitCache } from './names/traits.ts';
import type { NetworkFacts } from './network-facts.ts';
import { PayloadShares } from './payload-shares.ts';
import { Prevalence } from './prevalence.ts';

const INTERNAL = ZONES.indexOf('internal');
const EXTERNAL = ZONES.indexOf('external');
const OLDEST_AGENT = 255;
/** What the first piece of a flow that timeouts cut shows of all of it. */
const OF_FIRST_PIECE = OBSERVED.begin | OBSERVED.application;

/** What flows say of connections, one after the other, before and beside any score. */
export class GroupFacts {
  /** Internal sources, and all internal addresses; whether no connection leaves the network. */
  readonly hosts: number;
  readonly internalAddresses: number;
  readonly staysInternal: boolean;
  /** What hosts did once that gives what follows a meaning. */
  readonly events: HostEvents;
  private readonly flows: FlowColumns;
  private readonly places: Uint8Array;
  /** What DNS shows of hosts. */
  readonly dns: DnsFindings;
  private readonly prevalence: Prevalence;
  private readonly fingerprints: FingerprintUse;
  private readonly arrivals: Arrivals;
  private readonly servers: NamelessServers;
  private readonly nameRhythms: NameRhythms;
  private readonly shares: FlowShares;
  private readonly payloads: PayloadShares;
  private readonly applications: Mode;
  private readonly destinations: Mode;
  private readonly names: Mode;
  private readonly agents: Mode;
  private readonly span: { firstMs: number; ms: number };
  /** By number of a user agent: the year of the browser that it names. */
  private readonly agentYears = new Map<number, number>();

  /**
   * @param groups all connections, listed or not: prevalence and fingerprints count over all
   * @param places by address: index into `ZONES`
   * @param network what the whole network says where the flows are a part of it; null where they are all
   */
  constructor(
    flows: FlowColumns,
    groups: Groups,
    places: Uint8Array,
    dns: DnsFindings,
    traits: TraitCache,
    network: NetworkFacts | null = null,
  ) {
    this.flows = flows;
    this.places = places;
    this.dns = dns;
    const isInternal = places.map((place) => (place === INTERNAL ? 1 : 0));
    this.prevalence = new Prevalence(flows, groups, isInternal);
    if (network !== null) this.prevalence.widen(flows, network);
    this.fingerprints = new FingerprintUse(flows, groups);
    this.events = new HostEvents(flows, (flow) => this.isGoing(flow), traits);
    const literals = columnOf(Uint8Array, flows.names, (name) => (isAddressLiteral(comparableName(name)) ? 1 : 0));
    this.shares = new FlowShares(flows, largestGroup(groups));
    this.payloads = new PayloadShares(flows);
    this.applications = new Mode(flows.application);
    this.destinations = new Mode(flows.destination);
    this.names = new Mode(flows.name);
    this.agents = new Mode(flows.userAgent);
    this.span =
      network === null
        ? startSpan(flows)
        : { firstMs: network.firstMs, ms: Math.max(0, network.lastStartMs - network.firstMs) };
    this.arrivals = new Arrivals(flows, this.span.firstMs);
    this.servers = new NamelessServers(flows, groups.order, literals, this.arrivals, (flow) => this.isGoing(flow));
    this.nameRhythms = new NameRhythms(flows, (flow) => this.isGoing(flow), traits.byNumber(flows.names));
    this.hosts = this.prevalence.allHosts;
    this.internalAddresses = network?.internalAddresses ?? isInternal.reduce((count, inside) => count + inside, 0);
    this.staysInternal = network?.staysInternal ?? !places.includes(EXTERNAL);
  }

  /** Writes the facts of some flows, at least one, into row `row`; `firstMs` is when the first of them began. */
  write(members: Uint32Array, firstMs: number, columns: FactColumns, row: number): void {
    const { flows, shares, payloads, places, applications, destinations, names } = this;
    const source = flows.source[members[0]];
    shares.count(members);
    payloads.count(members);
    applications.count(this.telling(members));
    destinations.count(members);
    names.count(members);
    const destination = destinations.value;
    columns.application[row] = applications.value;
    columns.applicationSeen[row] = this.isSeen(members, applications.value) ? 1 : 0;
    columns.sourceZone[row] = places[source];
    columns.destinationZone[row] = places[destination];
    columns.observed[row] = shares.observed | this.observedOfPieces(members, shares.observed);
    columns.namedShare[row] = shares.named;
    columns.literalShare[row] = shares.literal;
    columns.failedShare[row] = shares.failed;
    columns.dataShare[row] = shares.data;
    columns.spreadSent[row] = shares.spread(members, flows.bytesSent);
    columns.spreadReceived[row] = shares.spread(members, flows.bytesReceived);
    writeMeasures(flows, members, columns.measures, row);
    columns.late[row] = this.span.ms === 0 ? 0 : (firstMs - this.span.firstMs) / this.span.ms;
    const nameless = isNameless({ namedShare: shares.named, literalShare: shares.literal });
    const goesByName = names.value !== 0 && !nameless;
    columns.hosts[row] = goesByName ? this.prevalence.ofName[names.value] : this.prevalence.ofAddress[destination];
    columns.ownFingerprint[row] = this.fingerprints.isOwn(members) ? 1 : 0;
    columns.signs[row] = payloads.signs;
    columns.nobody[row] = payloads.nobody;
    columns.agentAge[row] = this.ageOf(members, firstMs);
    const tunnel = this.dns.tunnelled(source, destination, members[0]);
    columns.tunnelled[row] = tunnel.names;
    columns.tunnelDomain[row] = tunnel.domain;
    columns.generated[row] = this.dns.generated(source, members[0]);
    let circumstances = payloads.circumstances;
    const isAfter = (event: HostEvent): boolean => this.events.isAfter(event, source, destination, firstMs);
    if ((isAfter('program') || isAfter('ownAddress')) && this.isSeenToBegin(members, firstMs)) {
      if (isAfter('program')) circumstances |= CIRCUMSTANCES.afterProgram;
      if (isAfter('ownAddress')) circumstances |= CIRCUMSTANCES.afterOwnAddress;
    }
    if (this.isUnlooked(members, firstMs)) circumstances |= CIRCUMSTANCES.unlooked;
    columns.circumstances[row] = circumstances;
    const unnamed = nameless && flows.resolvedName[members[0]] === 0;
    columns.servers[row] = unnamed ? this.servers.others(members[0]) : 0;
    columns.samePort[row] = unnamed ? this.servers.onSamePort(members[0]) : 0;
    const byName = this.nameRhythms.of(members);
    const { score, intervalS, flows: checkIns, addresses } = this.nameRhythms.at(byName);
    columns.byName[row] = byName;
    columns.byNameScore[row] = score;
    columns.byNameIntervalS[row] = intervalS;
    columns.byNameFlows[row] = checkIns;
    columns.byNameAddresses[row] = addresses;
  }

  /** Whether a flow leaves the network. */
  isGoing(flow: number): boolean {
    const { source, destination } = this.flows;
    return this.places[destination[flow]] === EXTERNAL && this.places[source[flow]] !== EXTERNAL;
  }

  /** Whether a flow carried DNS that shows a tunnel or a generator. */
  isDnsFinding(flow: number): boolean {
    const { source, destination } = this.flows;
    return (
      this.dns.tunnelled(source[flow], destination[flow], flow).names > 0 || this.dns.generated(source[flow], flow) > 0
    );
  }

  /** Whether its host calls a flow's name on a rhythm, at several addresses. */
  hasNameRhythm(flow: number): boolean {
    return this.nameRhythms.has(flow);
  }

  /** Whether its host had done something just before a flow that gives it a meaning. */
  isAfterEvent(flow: number): boolean {
    const { source, destination } = this.flows;
    return HOST_EVENTS.some((event) => {
      return this.events.isAfter(event, source[flow], destination[flow], firstMsOf(this.flows, flow));
    });
  }

  /** Of some flows those that tell what they speak, or would; all where none does. */
  private telling(members: Uint32Array): Uint32Array {
    if (members.length === 1) return members;
    const isTold = (flow: number): boolean => this.isTold(flow);
    if (members.every(isTold)) return members;
    const told = members.filter(isTold);
    return told.length > 0 ? told : members;
  }

  /** Those bits of `OF_FIRST_PIECE` that hold for all pieces of the flows; none where they are known to. */
  private observedOfPieces(members: Uint32Array, known: number): number {
    const { begin, observed } = this.flows;
    if ((known & OF_FIRST_PIECE) === OF_FIRST_PIECE || members.every((flow) => begin[flow] === FRESH)) return 0;
    const isOfEach = (isSo: (flow: number) => boolean): boolean => {
      const ends = new Set<string>();
      return members.every((flow) => {
        const own = endsOf(this.flows, flow);
        if (!isSo(flow)) return begin[flow] !== FRESH && ends.has(own);
        ends.add(own);
        return true;
      });
    };
    const begins = isOfEach((flow) => couldShow(observed[flow], 'begin')) ? OBSERVED.begin : 0;
    return begins | (isOfEach((flow) => this.isTold(flow)) ? OBSERVED.application : 0);
  }

  /** Whether a flow tells what it speaks, or would. */
  private isTold(flow: number): boolean {
    const { application, applicationGuessed, observed } = this.flows;
    return (
      couldShow(observed[flow], 'application') || (application[flow] !== UNKNOWN && applicationGuessed[flow] === 0)
    );
  }

  /** Whether the first of some flows is seen to begin: what began before the capture has not begun after anything in it. */
  private isSeenToBegin(members: Uint32Array, firstMs: number): boolean {
    const { flows } = this;
    return members.every((flow) => firstMsOf(flows, flow) !== firstMs || couldShow(flows.observed[flow], 'begin'));
  }

  /** Whether the application was recognised in any of the flows that are said to be of it. */
  private isSeen(members: Uint32Array, most: number): boolean {
    const { application, applicationGuessed } = this.flows;
    return members.some((flow) => application[flow] === most && applicationGuessed[flow] === 0);
  }

  /** Whether none of some flows of TCP has a name from anywhere, though their host looks names up. */
  private isUnlooked(members: Uint32Array, firstMs: number): boolean {
    const { protocol, source, destination, name, resolvedName, hostName, observed } = this.flows;
    const first = members[0];
    if (protocol[first] !== PROTOCOL_TCP || !this.servers.usesNames(source[first])) return false;
    if (!couldShow(observed[first], 'begin') || !couldShow(observed[first], 'names')) return false;
    const isNever = members.every((flow) => {
      return name[flow] === 0 && resolvedName[flow] === 0 && (hostName[destination[flow]] ?? 0) === 0;
    });
    return isNever && this.arrivals.isInside(members, firstMs);
  }

  private ageOf(members: Uint32Array, firstMs: number): number {
    this.agents.count(members);
    const agent = this.agents.value;
    if (agent === 0) return 0;
    const year = this.agentYears.get(agent) ?? agentYear(this.flows.texts[agent]);
    this.agentYears.set(agent, year);
    return Math.min(OLDEST_AGENT, yearsUntil(year, firstMs));
  }
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
