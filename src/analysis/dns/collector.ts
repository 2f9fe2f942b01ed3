import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { isLeftOut, registrableDomain } from './domain.ts';
import { DnsQuestion } from './message.ts';
import { NamesSeen } from './names-seen.ts';
import { RecentNames } from './recent.ts';
import { MOST_SAMPLES, Tally } from './tally.ts';

const DNS_PORT = 53;
/** A message over TCP has its length in two bytes before it (RFC 1035, section 4.2.2). */
const LENGTH_PREFIX = 2;
/** Tallies kept; further domains of further clients are counted as lost. */
const MOST_TALLIES = 30_000;
/** Query times kept of all tallies together: 16 MB. */
const MOST_TIMES = 2_000_000;
const NONE = -1;
/** A, PTR, AAAA and SRV: what hosts ask for all day (IANA "DNS Parameters"). */
const ORDINARY_TYPES: ReadonlySet<number> = new Set([1, 12, 28, 33]);

/** Collects what clients ask resolvers for, by registrable domain and by resolver, packet by packet in bounded memory. */
export class DnsCollector {
  /** Queries and responses of domains that found no room. */
  lost = 0;
  readonly tallies: Tally[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly seen = new NamesSeen();
  private readonly recent = new RecentNames();
  private readonly question = new DnsQuestion();
  private times = 0;

  /** Whether a packet may be DNS: looked at before anything else, for few are. */
  static isDns({ sourcePort, destinationPort, payloadLength, protocol }: Packet): boolean {
    return (sourcePort === DNS_PORT || destinationPort === DNS_PORT) && payloadLength > 0
      && (protocol === PROTOCOL_UDP || protocol === PROTOCOL_TCP);
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
      if (this.question.read(bytes, payload, end)) this.count(packet, source, destination, nowMs, packet.wirePayloadLength);
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
    const { isResponse } = this.question;
    if ((isResponse ? packet.sourcePort : packet.destinationPort) !== DNS_PORT) return;
    const [client, resolver] = isResponse ? [destination, source] : [source, destination];
    const hash = this.question.hash();
    const { recent } = this;
    if (recent.find(client, resolver, hash)) {
      this.addTo(recent.byDomain, nowMs, bytes);
      this.addTo(recent.byResolver, nowMs, bytes);
      return;
    }
    const name = this.question.text();
    const isOut = isLeftOut(name);
    const domain = isOut ? null : registrableDomain(name);
    const byDomain = domain === null ? NONE : this.tallyOf(client, -1, domain);
    const byResolver = isOut ? NONE : this.tallyOf(client, resolver, '');
    if ((domain !== null && byDomain === NONE) || (!isOut && byResolver === NONE)) this.lost++;
    this.addName(byDomain, name, hash);
    this.addName(byResolver, name, hash);
    this.addTo(byDomain, nowMs, bytes);
    this.addTo(byResolver, nowMs, bytes);
    // Where names are not told apart any more, each has to come this way to be left out of the counts.
    if (!this.seen.isFull) recent.set(client, resolver, hash, byDomain, byResolver);
  }

  /** Counts a message of a tally. */
  private addTo(number: number, nowMs: number, bytes: number): void {
    if (number === NONE) return;
    const tally = this.tallies[number];
    const { isResponse, type, length } = this.question;
    // On the wire a name has a byte before each label, as a text has a dot between two.
    const nameBytes = Math.max(0, length - 1);
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
      if (tally.addTime(nowMs, this.times < MOST_TIMES)) this.times++;
    }
    if (nowMs < tally.firstMs) tally.firstMs = nowMs;
    if (nowMs > tally.lastMs) tally.lastMs = nowMs;
    if (this.seen.isFull) return;
    if (isResponse) tally.countedResponses++;
    else tally.countedQueries++;
  }

  /** Notes a name of a tally where it is a new one. */
  private addName(number: number, name: string, hash: number): void {
    if (number === NONE || this.seen.isFull || !this.seen.isNew(number, hash)) return;
    const tally = this.tallies[number];
    tally.unique++;
    tally.uniqueBytes += Math.max(0, this.question.length - 1);
    if (tally.samples.length < MOST_SAMPLES) tally.addSample(name);
  }

  /** Number of a tally, made when it is new; `NONE` when there is no room for another. */
  private tallyOf(client: number, resolver: number, domain: string): number {
    const key = `${client} ${resolver} ${domain}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.tallies.length >= MOST_TALLIES) return NONE;
    const number = this.tallies.push(new Tally(client, resolver, domain)) - 1;
    this.numbers.set(key, number);
    return number;
  }
}
