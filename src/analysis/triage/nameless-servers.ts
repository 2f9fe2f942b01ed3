import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { earliestMs, type FlowColumns } from '../flows/columns.ts';
import { couldShow, OBSERVED } from '../flows/observed.ts';
import { DNS_PORT } from '../protocols/dns.ts';
import { hasSign } from '../protocols/signs.ts';
import type { Arrivals } from './arrivals.ts';
import { WEB_PORTS } from './traffic-category.ts';

/** A host that goes to more addresses without a name than this looks for peers, or scans. */
const MOST_ADDRESSES = 20;
const PORTS = 65_536;
const NONE = -1;

/** What flows of DNS have to show for their answers to be known. */
const ANSWERS = OBSERVED.answers | OBSERVED.names;

/** Which hosts look names up, and which addresses they go to all the same without one. */
export class NamelessServers {
  private readonly flows: FlowColumns;
  /** By address: 1 for a host that was told an address by DNS and went there. */
  private readonly looksUp: Uint8Array;
  /** By address: 1 for a host some of whose answers the capture does not hold, or not whole. */
  private readonly missesAnswers: Uint8Array;
  /** By host that looks names up: how many addresses it goes to without one. */
  private readonly ofHost: Uint32Array;
  /** By flow: how many addresses without a name its host goes to with the same software, and on the same port. */
  private readonly ofClient: Uint32Array;
  private readonly ofPort: Uint8Array;

  /**
   * @param order flows so that those of one source, and of one destination among them, lie together
   * @param literals by name: 1 for an address in the place of one
   */
  constructor(
    flows: FlowColumns,
    order: Uint32Array,
    literals: Uint8Array,
    arrivals: Arrivals,
    isGoing: (flow: number) => boolean,
  ) {
    this.flows = flows;
    this.looksUp = new Uint8Array(flows.addresses.length);
    this.missesAnswers = new Uint8Array(flows.addresses.length);
    this.ofHost = new Uint32Array(flows.addresses.length);
    this.ofClient = new Uint32Array(flows.length);
    this.ofPort = new Uint8Array(flows.length);
    for (let flow = 0; flow < flows.length; flow++) {
      if (this.missesAnswer(flow)) this.missesAnswers[flows.source[flow]] = 1;
      if (flows.resolvedName[flow] !== 0) this.looksUp[flows.source[flow]] = 1;
    }
    // In their order flows lie anywhere in memory: what each of them is, is asked before, from the first to the last.
    const counts = new Uint8Array(flows.length);
    for (let flow = 0; flow < flows.length; flow++) counts[flow] = this.isCounted(flow, literals, isGoing) ? 1 : 0;
    this.countHosts(order, counts, new NewEnds(flows, order, arrivals));
  }

  /** Counts what each host goes to, one host after the other. `counts` has 1 by flow for one that is counted. */
  private countHosts(order: Uint32Array, counts: Uint8Array, ends: NewEnds): void {
    const { flows } = this;
    const clients = new Tally(flows.texts.length);
    const ports = new Tally(PORTS);
    const allPorts = new Tally(PORTS);
    for (let start = 0, end = 0; start < order.length; start = end) {
      const source = flows.source[order[start]];
      let last = NONE;
      for (; end < order.length && flows.source[order[end]] === source; end++) {
        const flow = order[end];
        if (counts[flow] === 0) continue;
        const destination = flows.destination[flow];
        if (last === NONE) for (const tally of [clients, ports, allPorts]) tally.begin();
        if (destination !== last) this.ofHost[source]++;
        last = destination;
        const client = this.clientOf(flow);
        const port = this.portOf(flow);
        allPorts.add(port, destination);
        if ((client === NONE && port === NONE) || !ends.areNewAt(end)) continue;
        clients.add(client, destination);
        ports.add(port, destination);
      }
      if (last === NONE) continue;
      for (const flow of order.subarray(start, end)) {
        const port = this.portOf(flow);
        this.ofClient[flow] = clients.count(this.clientOf(flow));
        this.ofPort[flow] = allPorts.count(port) > MOST_ADDRESSES + 1 ? 0 : ports.count(port);
      }
    }
  }

  /** Whether a flow goes to an address without a name, of which somebody asks. */
  private isCounted(flow: number, literals: Uint8Array, isGoing: (flow: number) => boolean): boolean {
    const { protocol, source, name, resolvedName, observed } = this.flows;
    // Of such hosts nothing is counted that anybody asks for.
    if (this.missesAnswers[source[flow]] === 1) return false;
    if (protocol[flow] !== PROTOCOL_TCP || !isGoing(flow)) return false;
    if (resolvedName[flow] !== 0 || (name[flow] !== 0 && literals[name[flow]] === 0)) return false;
    if (couldShow(observed[flow], 'packets') && !couldShow(observed[flow], 'names')) return false;
    return this.looksUp[source[flow]] === 1 || this.clientOf(flow) !== NONE || this.portOf(flow) !== NONE;
  }

  /** Whether a flow of packets is a question whose answer the capture does not hold, or not whole. */
  private missesAnswer(flow: number): boolean {
    const { protocol, destinationPort, observed, packetsSent, packetsReceived } = this.flows;
    if (protocol[flow] !== PROTOCOL_UDP || destinationPort[flow] !== DNS_PORT) return false;
    const isMissing = packetsReceived[flow] > 0 && packetsReceived[flow] < packetsSent[flow];
    return couldShow(observed[flow], 'packets') && (isMissing || (observed[flow] & ANSWERS) !== ANSWERS);
  }

  /** Whether a host looks names up, and does not go to addresses without one by the dozen. */
  usesNames(source: number): boolean {
    return this.looksUp[source] === 1 && this.missesAnswers[source] === 0 && this.ofHost[source] <= MOST_ADDRESSES;
  }

  /** Other addresses without a name that the same software of a flow's host goes to; 0 where nothing tells the software. */
  others(flow: number): number {
    return Math.max(0, this.ofClient[flow] - 1);
  }

  /**
   * Other addresses without a name that a flow's host goes to on the same port; 0 for ports of the web with what belongs
   * there, and for a host that looks for peers.
   */
  onSamePort(flow: number): number {
    return Math.max(0, this.ofPort[flow] - 1);
  }

  /** Number of the software that made a flow, by its fingerprint, or by what it calls itself in requests; else `NONE`. */
  private clientOf(flow: number): number {
    const { clientFingerprint, userAgent, signs } = this.flows;
    return clientFingerprint[flow] || (hasSign(signs[flow], 'request') ? userAgent[flow] : 0) || NONE;
  }

  /** The port that a flow goes to, `NONE` for one of the web with what belongs there. */
  private portOf(flow: number): number {
    const { destinationPort, signs } = this.flows;
    const port = destinationPort[flow];
    return WEB_PORTS.has(port) && !hasSign(signs[flow], 'unrecognised') ? NONE : port;
  }
}

/** Tells of flows that lie together, of one source and one destination, whether they began inside the capture. */
class NewEnds {
  private readonly flows: FlowColumns;
  private readonly order: Uint32Array;
  private readonly arrivals: Arrivals;
  private end = 0;
  private areNew = false;

  constructor(flows: FlowColumns, order: Uint32Array, arrivals: Arrivals) {
    this.flows = flows;
    this.order = order;
    this.arrivals = arrivals;
  }

  /** Asked for places that go up: whether those at a place did. Else a name for them may have been told before. */
  areNewAt(place: number): boolean {
    if (place < this.end) return this.areNew;
    const { flows, order } = this;
    const { source, destination } = flows;
    const first = order[place];
    const isSame = (flow: number): boolean =>
      source[flow] === source[first] && destination[flow] === destination[first];
    let start = place;
    while (start > 0 && isSame(order[start - 1])) start--;
    for (this.end = place + 1; this.end < order.length && isSame(order[this.end]);) this.end++;
    const members = order.subarray(start, this.end);
    this.areNew = this.arrivals.isInside(members, earliestMs(flows, members));
    return this.areNew;
  }
}

/** Counts the different destinations that a host goes to, by a key; those of one destination come together. */
class Tally {
  private host = 0;
  /** By key: the host that was counted last, how many destinations it has, and the last of them. */
  private readonly hosts: Uint32Array;
  private readonly counts: Uint32Array;
  private readonly last: Uint32Array;

  /** @param keys how many keys there are at most */
  constructor(keys: number) {
    this.hosts = new Uint32Array(keys);
    this.counts = new Uint32Array(keys);
    this.last = new Uint32Array(keys);
  }

  /** Begins with the next host. */
  begin(): void {
    this.host++;
  }

  /** Counts a destination for a key that is not `NONE`, unless it is the last that was. */
  add(key: number, destination: number): void {
    if (key === NONE) return;
    if (this.hosts[key] !== this.host) {
      this.hosts[key] = this.host;
      this.counts[key] = 1;
    } else if (this.last[key] !== destination) this.counts[key]++;
    this.last[key] = destination;
  }

  count(key: number): number {
    return key !== NONE && this.hosts[key] === this.host ? this.counts[key] : 0;
  }
}
