import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { earliestMs, type FlowColumns } from '../flows/columns.ts';
import { couldShow, OBSERVED } from '../flows/observed.ts';
import { keyed } from '../memory/hash.ts';
import { NumberTable } from '../memory/number-table.ts';
import { DNS_PORT } from '../protocols/dns.ts';
import { hasSign } from '../protocols/signs.ts';
import type { Arrivals } from './arrivals.ts';
import { WEB_PORTS } from './traffic-category.ts';

/** A host that goes to more addresses without a name than this looks for peers, or scans. */
const MOST_ADDRESSES = 20;

/** What flows of DNS have to show for their answers to be known. */
const ANSWERS = OBSERVED.answers | OBSERVED.names;

/** Which hosts look names up, and which addresses they go to all the same without one. */
export class NamelessServers {
  private readonly flows: FlowColumns;
  /** By address: 1 for a host that was told an address by DNS and went there. */
  private readonly looksUp: Uint8Array;
  /** By address: 1 for a host some of whose answers the capture does not hold, or not whole. */
  private readonly missesAnswers: Uint8Array;
  /** How many addresses without a name: by host; by host and client, and by host and port, where none may have been told. */
  private readonly ofHost = new Pairs();
  private readonly ofClient = new Pairs();
  private readonly ofPort = new Pairs();
  /** By host and port, whenever they were first gone to. */
  private readonly allOfPort = new Pairs();

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
    for (let flow = 0; flow < flows.length; flow++) {
      if (this.missesAnswer(flow)) this.missesAnswers[flows.source[flow]] = 1;
      if (flows.resolvedName[flow] !== 0) this.looksUp[flows.source[flow]] = 1;
    }
    const ends = new NewEnds(flows, order, arrivals);
    for (let place = 0; place < order.length; place++) {
      const flow = order[place];
      const source = flows.source[flow];
      // Of such hosts nothing is counted that anybody asks for.
      if (this.missesAnswers[source] === 1) continue;
      if (flows.protocol[flow] !== PROTOCOL_TCP || !isGoing(flow)) continue;
      if (flows.resolvedName[flow] !== 0 || (flows.name[flow] !== 0 && literals[flows.name[flow]] === 0)) continue;
      const seen = flows.observed[flow];
      if (couldShow(seen, 'packets') && !couldShow(seen, 'names')) continue;
      const pair = source * flows.addresses.length + flows.destination[flow];
      if (this.looksUp[source] === 1) this.ofHost.add(source, source, pair);
      const client = this.clientOf(flow);
      const port = this.portOf(flow);
      this.allOfPort.add(source, port, pair);
      if ((client < 0 && port < 0) || !ends.areNewAt(place)) continue;
      this.ofClient.add(source, client, pair);
      this.ofPort.add(source, port, pair);
    }
    for (const pairs of [this.ofHost, this.ofClient, this.ofPort, this.allOfPort]) pairs.endHost();
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
    return (
      this.looksUp[source] === 1 && this.missesAnswers[source] === 0 && this.ofHost.count(source) <= MOST_ADDRESSES
    );
  }

  /** Other addresses without a name that the same software of a flow's host goes to; 0 where nothing tells the software. */
  others(flow: number): number {
    if (this.missesAnswers[this.flows.source[flow]] === 1) return 0;
    return this.ofClient.count(this.clientOf(flow)) - 1;
  }

  /**
   * Other addresses without a name that a flow's host goes to on the same port; 0 for ports of the web with what belongs
   * there, and for a host that looks for peers.
   */
  onSamePort(flow: number): number {
    if (this.missesAnswers[this.flows.source[flow]] === 1) return 0;
    const port = this.portOf(flow);
    return this.allOfPort.count(port) > MOST_ADDRESSES + 1 ? 0 : this.ofPort.count(port) - 1;
  }

  /** Number of the software that made a flow, by its fingerprint, or by what it calls itself in requests; else -1. */
  private clientOf(flow: number): number {
    const { source, clientFingerprint, userAgent, signs, texts } = this.flows;
    const text = clientFingerprint[flow] || (hasSign(signs[flow], 'request') ? userAgent[flow] : 0);
    return text === 0 ? -1 : source[flow] * texts.length + text;
  }

  private portOf(flow: number): number {
    const { source, destinationPort, signs } = this.flows;
    const port = destinationPort[flow];
    return WEB_PORTS.has(port) && !hasSign(signs[flow], 'unrecognised') ? -1 : source[flow] * 65536 + port;
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

/** How many pairs a key has, and the last of them. */
interface KeyPairs {
  key: number;
  count: number;
  last: number;
}

/**
 * Counts different pairs of host and address by keys that belong to the host. Those of one host come together, and so do
 * those of one pair. Only keys of several pairs are kept: a flood has millions of one.
 */
class Pairs {
  private readonly keys = new NumberTable();
  /** By number of a key: how many pairs. */
  private readonly counts: number[] = [];
  /** Of the host at hand: its first key, which is the only one of most, and the others. */
  private host = -1;
  private readonly first: KeyPairs = { key: -1, count: 0, last: 0 };
  private others: Map<number, KeyPairs> | null = null;

  /** Counts a pair for a key that is not negative, unless it is the last that was. */
  add(host: number, key: number, pair: number): void {
    if (key < 0) return;
    if (host !== this.host) this.endHost();
    this.host = host;
    const { first } = this;
    const known = first.key === key ? first : this.others?.get(keyed(key));
    if (known !== undefined) {
      if (known.last !== pair) known.count++;
      known.last = pair;
    } else if (first.key < 0) {
      first.key = key;
      first.count = 1;
      first.last = pair;
    } else {
      (this.others ??= new Map()).set(keyed(key), { key, count: 1, last: pair });
    }
  }

  /** Nothing more comes of the host at hand. */
  endHost(): void {
    this.keep(this.first);
    this.others?.forEach((other) => this.keep(other));
    this.first.key = -1;
    this.others = null;
  }

  /** Pairs of a key, where they are several; else 1. */
  count(key: number): number {
    const number = key < 0 ? -1 : this.keys.find(key);
    return number < 0 ? 1 : this.counts[number];
  }

  private keep({ key, count }: KeyPairs): void {
    if (key >= 0 && count > 1) this.counts[this.keys.numberOf(key)] = count;
  }
}
