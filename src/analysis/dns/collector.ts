import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { type AskedName, DnsQuestion } from './message.ts';
import { NamesSeen } from './names-seen.ts';
import { PairNumbers } from './pair-numbers.ts';
import { QueryTimes } from './query-times.ts';
import { Tally } from './tally.ts';

const DNS_PORT = 53;
/** A message over TCP has its length in two bytes before it (RFC 1035, section 4.2.2). */
const LENGTH_PREFIX = 2;
/** Tallies kept; further domains of further clients are counted as lost. */
const MOST_TALLIES = 30_000;
const NONE = -1;
/** Keys of tallies: twice the number of a domain, or of a resolver and this. */
const BY_RESOLVER = 1;
/** A, PTR, AAAA and SRV: what hosts ask for all day (IANA "DNS Parameters"). */
const ORDINARY_TYPES: ReadonlySet<number> = new Set([1, 12, 28, 33]);

/** Collects what clients ask resolvers for, by registrable domain and by resolver, packet by packet in bounded memory. */
export class DnsCollector {
  /** Queries and responses of domains that found no room. */
  lost = 0;
  readonly tallies: Tally[] = [];
  readonly times = new QueryTimes();
  private readonly numbers = new PairNumbers(MOST_TALLIES);
  private readonly domains = new Map<string, number>();
  private readonly seen = new NamesSeen();
  private readonly question = new DnsQuestion();

  /** Whether a packet may be DNS: looked at before anything else, for few are. */
  static isDns({ sourcePort, destinationPort, payloadLength, protocol }: Packet): boolean {
    return (
      (sourcePort === DNS_PORT || destinationPort === DNS_PORT) &&
      payloadLength > 0 &&
      (protocol === PROTOCOL_UDP || protocol === PROTOCOL_TCP)
    );
  }

  /**
   * Counts the messages of a packet that `isDns`.
   *
   * @param source number of its source address, and of its destination address
   * @param nowMs its time in milliseconds since 1970
   */
  add(packet: Packet, source: number, destination: number, nowMs: number): void {
    const { bytes, payload } = packet;
    const end = payload + packet.payloadLength;
    if (packet.protocol === PROTOCOL_UDP) {
      if (this.question.read(bytes, payload, end))
        this.count(packet, source, destination, nowMs, packet.wirePayloadLength);
      return;
    }
    // Only messages that begin with a segment are found, and those behind them in it; a client may send the length alone.
    let at = payload;
    while (at + LENGTH_PREFIX < end) {
      const length = bytes[at] * 256 + bytes[at + 1];
      if (!this.question.read(bytes, at + LENGTH_PREFIX, Math.min(end, at + LENGTH_PREFIX + length))) break;
      this.count(packet, source, destination, nowMs, length);
      at += LENGTH_PREFIX + length;
    }
    if (at === payload && this.question.read(bytes, payload, end)) {
      this.count(packet, source, destination, nowMs, packet.wirePayloadLength);
    }
  }

  private count(packet: Packet, source: number, destination: number, nowMs: number, bytes: number): void {
    const { isResponse, name } = this.question;
    if ((isResponse ? packet.sourcePort : packet.destinationPort) !== DNS_PORT || name.isLeftOut) return;
    const client = isResponse ? destination : source;
    const resolver = isResponse ? source : destination;
    const byDomain = name.domain === null ? NONE : this.tallyOfDomain(client, name.domain);
    const byResolver = this.tallyOf(client, resolver, '', BY_RESOLVER + 2 * resolver);
    if ((name.domain !== null && byDomain === NONE) || byResolver === NONE) this.lost++;
    this.addTo(byDomain, name, nowMs, bytes);
    this.addTo(byResolver, name, nowMs, bytes);
  }

  /** Counts a message of a tally. */
  private addTo(number: number, name: AskedName, nowMs: number, bytes: number): void {
    if (number === NONE) return;
    const tally = this.tallies[number];
    const { isResponse, type } = this.question;
    // On the wire a name has a byte before each label, as a text has a dot between two.
    const nameBytes = Math.max(0, name.length - 1);
    tally.messages++;
    tally.nameBytes += nameBytes;
    tally.beforeBytes += Math.max(0, nameBytes - 1 - tally.domain.length);
    if (!ORDINARY_TYPES.has(type)) tally.odd++;
    if (isResponse) {
      tally.responses++;
      tally.bytesReceived += bytes;
    } else {
      tally.queries++;
      tally.bytesSent += bytes;
      tally.countType(type);
      tally.addTime(nowMs, this.times);
    }
    if (nowMs < tally.firstMs) tally.firstMs = nowMs;
    if (nowMs > tally.lastMs) tally.lastMs = nowMs;
    if (this.seen.isFull) return;
    if (isResponse) tally.countedResponses++;
    else tally.countedQueries++;
    if (!this.seen.isNew(number, name.hash)) return;
    tally.unique++;
    tally.uniqueBytes += nameBytes;
    tally.addSample(name.text);
  }

  private tallyOfDomain(client: number, domain: string): number {
    let number = this.domains.get(domain);
    if (number === undefined) {
      if (this.tallies.length >= MOST_TALLIES) return NONE;
      number = this.domains.size;
      this.domains.set(domain, number);
    }
    return this.tallyOf(client, NONE, domain, 2 * number);
  }

  /** Number of the tally that `key` stands for with the client, made when it is new; `NONE` when there is no room for another. */
  private tallyOf(client: number, resolver: number, domain: string, key: number): number {
    const number = this.numbers.numberOf(client, key);
    if (number === this.tallies.length) this.tallies.push(new Tally(client, resolver, domain));
    return number;
  }
}
