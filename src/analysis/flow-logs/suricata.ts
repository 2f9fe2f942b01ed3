import { OBSERVED } from '../flows/observed.ts';
import { NAME_SOURCES } from '../flows/name-sources.ts';
import type { Warning } from '../capture.ts';
import { applicationAmong } from './application.ts';
import { estimatePayload, type FlowRow } from './flow-row.ts';
import { type JsonObject, jsonObject, objectOf, textIn } from './json-line.ts';
import { type LogRead, LogReader } from './log-reader.ts';

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
const TCP = 6;
const SYN = 0x02;
const ACK = 0x10;
const TLS = NAME_SOURCES.indexOf('tls');
const HTTP = NAME_SOURCES.indexOf('http');
const DNS = NAME_SOURCES.indexOf('dns');

/** Whether an object is an event of eve.json. */
export function isSuricataEvent(object: JsonObject): boolean {
  return typeof object['event_type'] === 'string' && 'timestamp' in object;
}

/** Suricata's eve.json: flow events, and names of tls, quic, http and dns events by flow id. Other events are passed over. */
export class SuricataReader extends LogReader {
  readonly format = 'Suricata eve.json';
  private events = 0;
  private used = 0;
  private withFlows = false;
  private withApplication = 0;
  /** Flows of other logs before this one. */
  private readonly start: number = this.builder.length;

  line(text: string, number: number, ended: boolean): void {
    if (text.trim() === '') return;
    const event = jsonObject(text);
    if (event === null) {
      this.faults.add(number, ended ? 'it is no JSON object' : 'the file ends inside it');
      return;
    }
    this.events++;
    if (event['event_type'] === 'flow') this.flow(event, number);
    else this.name(event);
  }

  override result(): LogRead {
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
        ];
  }

  protected override remarks(): Warning[] {
    if (this.events === 0 || this.withFlows) return [];
    const has = this.used > 0 ? 'it has no flow events, only names of flows' : 'it has neither flow events nor names';
    return [{ kind: 'no-flows', offset: null, message: `${has}: eve-log has to have "flow" among its types` }];
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
    row.source = textIn(event['src_ip']) ?? '';
    row.destination = textIn(event['dest_ip']) ?? '';
    row.sourcePort = Number(event['src_port'] ?? 0);
    row.destinationPort = Number(event['dest_port'] ?? 0);
    row.protocol = protocolOf(event['proto']);
    row.firstMs = this.timeMs(counts['start']);
    row.lastMs = this.timeMs(counts['end'] ?? counts['start']);
    row.packetsSent = Number(counts['pkts_toserver'] ?? 0);
    row.packetsReceived = Number(counts['pkts_toclient'] ?? 0);
    row.bytesSent = row.ipBytesSent = Number(counts['bytes_toserver'] ?? 0);
    row.bytesReceived = row.ipBytesReceived = Number(counts['bytes_toclient'] ?? 0);
    estimatePayload(row);
    row.application = applicationAmong(textIn(event['app_proto']) ?? '');
    takeOutcome(row, counts, objectOf(event['tcp']));
    if ('app_proto' in event) this.withApplication++;
    row.vlanId = vlanOf(event['vlan']);
    row.key = keyOf(event);
    this.addRow(number);
  }

  /** Milliseconds since 1970, cut off; NaN where the value is no time. */
  private timeMs(value: unknown): number {
    const text = typeof value === 'number' ? String(value) : (textIn(value) ?? '');
    return Math.floor(this.times.read(text) / 1000);
  }

  private name(event: JsonObject): void {
    const found = nameIn(event);
    if (found === null) return;
    this.used++;
    const { name, source } = found;
    this.builder.addSibling({
      key: keyOf(event),
      observed: source === DNS ? 0 : OBSERVED.names,
      name,
      nameSource: source,
      texts: {},
    });
  }
}

function nameIn(event: JsonObject): { name: string; source: number } | null {
  const type = event['event_type'];
  const content = typeof type === 'string' ? objectOf(event[type]) : null;
  if (content === null) return null;
  if (type === 'tls' || type === 'quic') return named(content['sni'], TLS);
  if (type === 'http') return named(content['hostname'], HTTP);
  return type === 'dns' ? named(content['rrname'] ?? firstQuery(content['queries']), DNS) : null;
}

/** Version 3 of dns events lists the questions. */
function firstQuery(queries: unknown): unknown {
  return Array.isArray(queries) ? objectOf(queries[0])?.['rrname'] : undefined;
}

function named(value: unknown, source: number): { name: string; source: number } {
  return { name: textIn(value) ?? '', source };
}

/**
 * What became of the flow, and what the event could show of it. `tcp_flags_ts` has the flags of all of the client's
 * packets, `tcp_flags_tc` those of the server's.
 */
function takeOutcome(row: FlowRow, counts: JsonObject, tcp: JsonObject | null): void {
  const sent = flagsIn(tcp?.['tcp_flags_ts']);
  const received = flagsIn(tcp?.['tcp_flags_tc']);
  const isTcp = row.protocol === TCP;
  const state = tcp?.['state'];
  const began = !isTcp || (sent === null ? state !== undefined : (sent & SYN) !== 0);
  const wentOn = sent !== null && (sent & ACK) !== 0;
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
  return typeof id === 'number' || typeof id === 'string' ? `:${id}` : '';
}

function protocolOf(value: unknown): number {
  if (typeof value === 'number') return value;
  const name = textIn(value)?.toUpperCase() ?? '';
  return PROTOCOLS.get(name) ?? (/^\d{1,3}$/.test(name) ? Number(name) : 0);
}

/** The innermost of the VLAN ids, 0 without one. */
function vlanOf(value: unknown): number {
  const vlan: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof vlan === 'number' && vlan >= 0 && vlan <= 0xfff ? Math.floor(vlan) : 0;
}
