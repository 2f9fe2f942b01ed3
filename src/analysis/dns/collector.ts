import type { AddressList } from '../net/address-list.ts';
import { type Packet, PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import type { LoggedMessage } from '../flow-logs/questions.ts';
import { type AskedName, DnsQuestion } from './message.ts';
import { MissingNames } from './missing-names.ts';
import { NamesSeen } from './names-seen.ts';
import { QueryTimes } from './query-times.ts';
import { StreamMessages } from './stream-messages.ts';
import { Tallies } from './tallies.ts';

const DNS_PORT = 53;
/** Names told apart in one tally: whoever asks for more has shown what it is. */
const MOST_NAMES_OF_ONE = 1 << 17;
/** Bytes of a question's message beside its name (RFC 1035, section 4.1). */
const QUESTION_BYTES = 17;
/** Numbers of addresses in logs begin here: no capture has as many; and those in logs whose times have no zone. */
const LOGGED = 2 ** 28;
const ZONELESS = LOGGED + 2 ** 27;

/** The texts of addresses by the numbers that a collector has them under: those of packets, and those of logs. */
export function addressTextsOf(packets: AddressList, logs: AddressList): (number: number) => string {
  return (number) =>
    number < LOGGED ? packets.text(number) : logs.text(number - (number < ZONELESS ? LOGGED : ZONELESS));
}

/** How far behind packets what was asked from an address, by its number, lies: by `behindMs` where times have no zone. */
export function lagOf(number: number, behindMs: number): number {
  return number < ZONELESS ? 0 : behindMs;
}

/** A, PTR, AAAA and SRV: what hosts ask for all day (IANA "DNS Parameters"). */
const ORDINARY_TYPES: ReadonlySet<number> = new Set([1, 12, 28, 33]);

/**
 * Collects what clients ask resolvers for, by registrable domain and by resolver, packet by packet in bounded memory. Where
 * there are too many, small and old tallies give way: what comes late in a capture is counted as well as what comes first.
 */
export class DnsCollector {
  readonly times = new QueryTimes();
  readonly missing = new MissingNames();
  /** Messages whose names were not told apart any more, of tallies with very many. */
  untold = 0;
  readonly tallies: Tallies;
  private readonly seen: NamesSeen;
  private readonly question = new DnsQuestion();
  private readonly streams = new StreamMessages(this.question);

  /** The limits are for tests of what happens beyond them. */
  constructor(seen = new NamesSeen(), tallies = new Tallies()) {
    this.seen = seen;
    this.tallies = tallies;
  }

  /** Messages of tallies that gave way to others. */
  get lost(): number {
    return this.tallies.lost;
  }

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
    this.streams.add(packet, source, destination, (length) => this.count(packet, source, destination, nowMs, length));
  }

  /** Counts a question of a log, and the answer to it. Numbers of its addresses are apart from those of packets. */
  addLogged({ client, resolver, name, type, ms, isZoneless, isAsked, answerBytes }: LoggedMessage): void {
    const from = isZoneless ? ZONELESS : LOGGED;
    this.question.take(name, type);
    const bytes = this.question.name.length + QUESTION_BYTES;
    if (this.question.name.isLeftOut) return;
    if (isAsked) this.tell(from + client, from + resolver, ms, bytes);
    if (answerBytes === null) return;
    this.question.isResponse = true;
    this.tell(from + client, from + resolver, ms, answerBytes);
  }

  private count(packet: Packet, source: number, destination: number, nowMs: number, bytes: number): void {
    const { isResponse, name } = this.question;
    if ((isResponse ? packet.sourcePort : packet.destinationPort) !== DNS_PORT || name.isLeftOut) return;
    const client = isResponse ? destination : source;
    const resolver = isResponse ? source : destination;
    if (this.question.isMissing) this.missing.add(client, name);
    this.tell(client, resolver, nowMs, bytes);
  }

  /** Counts the message at hand. */
  private tell(client: number, resolver: number, nowMs: number, bytes: number): void {
    const { tallies } = this;
    const { name } = this.question;
    if (tallies.isFull) this.seen.renumber(tallies.dropSmall(this.times));
    const isTold = name.domain === null || this.addTo(tallies.ofDomain(client, name), name, nowMs, bytes);
    if (!this.addTo(tallies.ofResolver(client, resolver), name, nowMs, bytes) || !isTold) this.untold++;
  }

  /** Counts a message of a tally; comes back with whether its name was told from others. */
  private addTo(tally: number, name: AskedName, nowMs: number, bytes: number): boolean {
    const { tallies } = this;
    const { columns } = tallies;
    const { isResponse, type } = this.question;
    // On the wire a name has a byte before each label, as a text has a dot between two.
    const nameBytes = Math.max(0, name.length - 1);
    columns.messages[tally]++;
    columns.nameBytes[tally] += nameBytes;
    columns.beforeBytes[tally] += Math.max(0, nameBytes - 1 - tallies.domains[tally].length);
    if (!ORDINARY_TYPES.has(type)) columns.odd[tally]++;
    if (isResponse) {
      columns.responses[tally]++;
      columns.bytesReceived[tally] += bytes;
    } else {
      columns.queries[tally]++;
      columns.bytesSent[tally] += bytes;
      tallies.countType(tally, type);
      tallies.addTime(tally, nowMs, this.times);
    }
    if (nowMs < columns.firstMs[tally]) columns.firstMs[tally] = nowMs;
    if (nowMs > columns.lastMs[tally]) columns.lastMs[tally] = nowMs;
    if (columns.isSettled[tally] === 1) return false;
    columns[isResponse ? 'countedResponses' : 'countedQueries'][tally]++;
    if (!this.seen.isNew(tally, name.hash, name.otherHash)) return true;
    columns.unique[tally]++;
    columns.uniqueBytes[tally] += nameBytes;
    tallies.addSample(tally, name.text);
    if (columns.unique[tally] === MOST_NAMES_OF_ONE) columns.isSettled[tally] = 1;
    if (this.seen.isFull) this.seen.renumber(tallies.settle(this.seen.count));
    return true;
  }
}
