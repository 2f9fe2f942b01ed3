import { PROTOCOL_TCP } from 'pcap-ts-parser';
import { couldShow, OBSERVED } from '../flows/observed.ts';
import { NAME_LIMIT } from '../protocols/text.ts';
import { typeNumber } from '../protocols/dns-types.ts';
import { SIGNS } from '../protocols/signs.ts';
import type { Warning } from '../capture.ts';
import { applicationAmong } from './application.ts';
import { estimatePayload, type FlowRow } from './flow-row.ts';
import type { FlowBuilder } from './flow-builder.ts';
import { type JsonObject, numberIn, objectOf, shortIn, textIn } from './json-line.ts';
import { type LogRead, LogReader } from './log-reader.ts';
import { type EventFlow, type Half, NetflowPairs, takeHalves } from './suricata-netflow.ts';
import { eveEvent } from './suricata-elastic.ts';
import { SuricataHosts } from './suricata-hosts.ts';
import { firstQuery, suricataSibling } from './suricata-siblings.ts';
import { wholeNumber } from '../whole-number.ts';
import { countText } from '../count-text.ts';

/** IP protocol numbers by Suricata's names; for the others it writes the number itself, or the name of /etc/protocols. */
const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['ICMP', 1],
  ['IGMP', 2],
  ['TCP', 6],
  ['UDP', 17],
  ['GRE', 47],
  ['ESP', 50],
  ['AH', 51],
  ['IPV6-ICMP', 58],
  ['SCTP', 132],
]);
const SYN = 0x02;
const ACK = 0x10;
const DNS_PORT = 53;

/** Whether an object is an event of eve.json. */
export function isSuricataEvent(object: JsonObject): boolean {
  return typeof object['event_type'] === 'string' && ('timestamp' in object || '@timestamp' in object);
}

/**
 * Suricata's eve.json: flow events, or netflow events put together, and what tls, quic, http, ssh and dns events say of
 * them by flow id. Other events are passed over.
 */
export class SuricataReader extends LogReader {
  readonly format = 'Suricata eve.json';
  private events = 0;
  private used = 0;
  private withFlows = false;
  private withApplication = 0;
  private oneWay = 0;
  private readonly hosts: SuricataHosts;
  private readonly pairs = new NetflowPairs((first, second) => this.addPair(first, second));

  constructor(builder: FlowBuilder, unit: string) {
    super(builder, unit);
    this.hosts = new SuricataHosts(builder.hostsSeen);
  }

  line(text: string, number: number, ended: boolean): void {
    const object = this.objectIn(text, number, ended);
    if (object === null) return;
    const event = eveEvent(object);
    this.events++;
    const type = event['event_type'];
    if (type === 'flow') this.flow(event, number);
    else if (type === 'netflow') this.netflow(event, number);
    else this.sibling(event);
  }

  override result(): LogRead {
    this.pairs.end();
    // A log of which no flow has an application was not told to look for any, or lost the field on its way.
    if (this.withApplication === 0) this.builder.forget(this.start, OBSERVED.application);
    return super.result();
  }

  protected override missingNames(): string | null {
    return this.withFlows ? 'names: eve-log has no tls, http or quic events' : null;
  }

  protected lacks(): string[] {
    return this.used === 0
      ? []
      : [
          'packets',
          'IP bytes: RITA and rhythm look at those of frames',
          'bytes of payload: they are estimated from those of frames',
          ...(this.oneWay > 0 ? [`the other direction of ${countText(this.oneWay)} netflow events`] : []),
        ];
  }

  protected override remarks(): Warning[] {
    if (this.events === 0 || this.withFlows) return [];
    const has = this.used > 0 ? 'it has no flow events, only names of flows' : 'it has neither flow events nor names';
    return [
      {
        kind: this.used > 0 ? 'no-flows' : 'nothing-used',
        offset: null,
        message: `${has}: eve-log has to have "flow" among its types`,
      },
    ];
  }

  private flow(event: JsonObject, number: number): void {
    this.withFlows = true;
    this.used++;
    const counts = objectOf(event['flow']);
    if (counts === null) {
      this.faults.add(number, 'the flow event has no flow');
      return;
    }
    const { row } = this;
    Object.assign(row, endsOf(event));
    row.firstMs = this.timeMs(counts['start']);
    row.lastMs = this.timeMs(counts['end'] ?? counts['start']);
    row.packetsSent = numberIn(counts['pkts_toserver']);
    row.packetsReceived = numberIn(counts['pkts_toclient']);
    row.bytesSent = row.ipBytesSent = numberIn(counts['bytes_toserver']);
    row.bytesReceived = row.ipBytesReceived = numberIn(counts['bytes_toclient']);
    estimatePayload(row);
    takeOutcome(row, counts, objectOf(event['tcp']));
    // It looked at what was said from the beginning, and knows no such protocol.
    const isUnknown = event['app_proto'] === 'failed' && row.protocol === PROTOCOL_TCP && row.payloadSent > 0;
    row.signs = isUnknown && couldShow(row.observed, 'begin') ? SIGNS.unrecognised : 0;
    if ('app_proto' in event) this.withApplication++;
    this.addRow(number);
  }

  private netflow(event: JsonObject, number: number): void {
    this.withFlows = true;
    this.used++;
    const counts = objectOf(event['netflow']);
    if (counts === null) {
      this.faults.add(number, 'the netflow event has no netflow');
      return;
    }
    if ('app_proto' in event) this.withApplication++;
    this.pairs.add({
      ends: endsOf(event),
      firstMs: this.timeMs(counts['start']),
      lastMs: this.timeMs(counts['end'] ?? counts['start']),
      packets: numberIn(counts['pkts']),
      bytes: numberIn(counts['bytes']),
      number,
    });
  }

  private addPair(first: Half, second: Half | null): void {
    const { row } = this;
    takeHalves(row, first, second);
    estimatePayload(row);
    row.observed = OBSERVED.application | (second === null ? 0 : OBSERVED.bytes | OBSERVED.payload);
    if (second === null) this.oneWay++;
    this.addRow(first.number);
  }

  /** Milliseconds since 1970, cut off; NaN where the value is no time. */
  private timeMs(value: unknown): number {
    const text = typeof value === 'number' ? String(value) : (textIn(value) ?? '');
    return Math.floor(this.times.read(text) / 1000);
  }

  private sibling(event: JsonObject): void {
    this.understood++;
    if (this.hosts.take(event, endsOf(event), this.timeMs(timeOf(event)))) {
      this.used++;
      return;
    }
    const row = suricataSibling(event);
    if (row === null) return;
    this.used++;
    row.key = keyOf(event);
    this.builder.addSibling(row);
    const dns = objectOf(event['dns']);
    if (event['event_type'] === 'dns' && dns !== null) this.question(event, dns);
  }

  private question(event: JsonObject, dns: JsonObject): void {
    const { source, destination, sourcePort } = endsOf(event);
    const ms = this.saneMs(this.timeMs(timeOf(event)));
    if (Number.isNaN(ms)) return;
    const asked = firstQuery(dns) ?? dns;
    const isAnswer = dns['type'] === 'answer' || dns['type'] === 'response';
    const answers = Array.isArray(dns['answers']) ? dns['answers'].map(objectOf) : [];
    // Answers are told in the direction of their packet by some versions, in that of the flow by others.
    const [client, resolver] = sourcePort === DNS_PORT ? [destination, source] : [source, destination];
    this.builder.questions.add({
      client,
      resolver,
      name: textIn(asked['rrname']) ?? '',
      type: typeNumber(textIn(asked['rrtype']) ?? ''),
      ms,
      isZoneless: this.times.hasZoneless,
      // Elastic's schema calls it data (elastic.co/docs/reference/ecs/ecs-dns).
      answers: answers.map((answer) => textIn(answer?.['rdata']) ?? textIn(answer?.['data']) ?? ''),
      isAsked: !isAnswer,
      isAnswered: isAnswer,
    });
  }
}

/** When an event was; Logstash calls it its own way. */
function timeOf(event: JsonObject): unknown {
  return event['timestamp'] ?? event['@timestamp'];
}

function endsOf(event: JsonObject): EventFlow {
  return {
    source: shortIn(event['src_ip']),
    destination: shortIn(event['dest_ip']),
    sourcePort: numberIn(event['src_port']),
    destinationPort: numberIn(event['dest_port']),
    protocol: protocolOf(event['proto']),
    // What it began as, where another protocol took over: a proxy's, or mail.
    application: applicationAmong(textIn(event['app_proto_orig']) ?? textIn(event['app_proto']) ?? ''),
    vlanId: vlanOf(event['vlan']),
    key: keyOf(event),
  };
}

/**
 * What became of the flow, and what the event could show of it. `tcp_flags_ts` has the flags of all of the client's
 * packets, `tcp_flags_tc` those of the server's.
 */
function takeOutcome(row: FlowRow, counts: JsonObject, tcp: JsonObject | null): void {
  const sent = flagsIn(tcp?.['tcp_flags_ts']);
  const received = flagsIn(tcp?.['tcp_flags_tc']);
  const isTcp = row.protocol === PROTOCOL_TCP;
  const state = tcp?.['state'];
  const began = !isTcp || (sent === null ? state !== undefined : (sent & SYN) !== 0);
  const wentOn = sent === null ? state === 'syn_sent' && tcp?.['ack'] === true : (sent & ACK) !== 0;
  const refused = sent !== null && received !== null && (received & SYN) === 0;
  row.failed = isTcp && began && !wentOn && (state === 'syn_sent' || refused) ? 1 : 0;
  const isOneWay = isTcp && wentOn && row.packetsReceived === 0;
  row.observed =
    (began ? OBSERVED.begin | OBSERVED.application : 0) |
    (began && 'pkts_toclient' in counts ? OBSERVED.answers : 0) |
    ('bytes_toserver' in counts && 'bytes_toclient' in counts && !isOneWay ? OBSERVED.bytes | OBSERVED.payload : 0);
}

/** TCP flags in hexadecimal; null where there are none. */
function flagsIn(value: unknown): number | null {
  const text = textIn(value);
  return text !== undefined && /^[0-9a-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : null;
}

/** Flow ids are numbers, which other writers of Zeek's keys never are: the colon keeps them apart. */
function keyOf(event: JsonObject): string {
  const id = event['flow_id'];
  return typeof id === 'number' || (typeof id === 'string' && id.length <= NAME_LIMIT) ? `:${id}` : '';
}

function protocolOf(value: unknown): number {
  if (typeof value === 'number') return value;
  const name = textIn(value)?.toUpperCase() ?? '';
  return PROTOCOLS.get(name) ?? wholeNumber(name) ?? 0;
}

/** The innermost of the VLAN ids, 0 without one. */
function vlanOf(value: unknown): number {
  const vlan: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof vlan === 'number' && vlan >= 0 && vlan <= 0xfff ? Math.floor(vlan) : 0;
}
