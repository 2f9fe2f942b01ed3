import { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP } from 'pcap-ts-parser';
import { OBSERVED } from '../flows/observed.ts';
import { SIGNS } from '../protocols/signs.ts';
import { applicationAmong } from './application.ts';
import type { FlowRow } from './flow-row.ts';
import { type LogTimes, secondsIn } from './log-times.ts';
import { wholeNumber } from '../whole-number.ts';
import type { ZeekValues } from './zeek-siblings.ts';

/** IP protocol numbers by Zeek's `transport_proto`, for logs without `ip_proto`. */
const PROTOCOLS: ReadonlyMap<string, number> = new Map([
  ['tcp', 6],
  ['udp', 17],
  ['sctp', 132],
]);

/** States of connections that never came about: no answer to the SYN, or a reset, or the client's own reset. */
const UNANSWERED: ReadonlySet<string> = new Set(['S0', 'REJ', 'RSTOS0']);
/** States of connections whose first SYN was not seen. */
const BEGUN_BEFORE: ReadonlySet<string> = new Set(['OTH', 'SHR', 'RSTRH']);
/** In a history: the originator's SYN, and what it sends only after an answer (an acknowledgment, data). */
const ASKED = /S/;
const WENT_ON = /[AD]/;
/** SYN, answer, and then nothing but acknowledgments, data and ends: no gap, no wrong checksum, nothing sent twice. */
const WHOLE = /^ShA[AaDdFfRr]*$/;

/**
 * Fills a row from conn.log (base/protocols/conn/main.zeek). Sizes are `orig_ip_bytes`, or the payload's where the log
 * does not count IP bytes. ICMP has its type and code in place of ports: they become 0, as for all that has no ports.
 * Returns what is wrong, or null.
 */
export function takeZeekFlow(row: FlowRow, value: ZeekValues, times: LogTimes): string | null {
  const source = value('id.orig_h');
  const destination = value('id.resp_h');
  const start = value('ts');
  if (source === undefined || destination === undefined || start === undefined)
    return 'it has no start or no addresses';
  row.source = source;
  row.destination = destination;
  row.sourceIsLocal = flagIn(value('local_orig'));
  row.destinationIsLocal = flagIn(value('local_resp'));
  row.protocol = protocolOf(value('proto'), value('ip_proto'), source);
  const portless = row.protocol === PROTOCOL_ICMP || row.protocol === PROTOCOL_ICMPV6;
  row.sourcePort = portless ? 0 : Number(value('id.orig_p') ?? 0);
  row.destinationPort = portless ? 0 : Number(value('id.resp_p') ?? 0);
  const startUs = times.read(start);
  if (Number.isNaN(startUs)) return times.fault(start);
  const durationUs = Math.max(0, Math.round(secondsIn(value('duration') ?? '0') * 1e6));
  if (Number.isNaN(durationUs)) return 'the duration is no number of seconds';
  row.firstMs = Math.floor(startUs / 1000);
  row.lastMs = Math.floor((startUs + durationUs) / 1000);
  row.packetsSent = Number(value('orig_pkts') ?? 0);
  row.packetsReceived = Number(value('resp_pkts') ?? 0);
  row.payloadSent = Number(value('orig_bytes') ?? 0);
  row.payloadReceived = Number(value('resp_bytes') ?? 0);
  row.bytesSent = row.ipBytesSent = Number(value('orig_ip_bytes') ?? row.payloadSent);
  row.bytesReceived = row.ipBytesReceived = Number(value('resp_ip_bytes') ?? row.payloadReceived);
  takeOutcome(row, value);
  row.vlanId = Number(value('inner_vlan') ?? value('vlan') ?? 0);
  row.application = applicationAmong(value('service') ?? '');
  row.key = value('uid') ?? '';
  return null;
}

/** What became of the connection, and what the log could show of it. */
function takeOutcome(row: FlowRow, value: ZeekValues): void {
  const state = value('conn_state');
  const history = value('history');
  const isTcp = row.protocol === PROTOCOL_TCP;
  const began =
    !isTcp || (history === undefined ? state !== undefined && !BEGUN_BEFORE.has(state) : ASKED.test(history));
  const wentOn = history === undefined ? row.payloadSent > 0 : WENT_ON.test(history);
  row.failed = isTcp && began && UNANSWERED.has(state ?? '') && !wentOn ? 1 : 0;
  const counts = value('resp_ip_bytes') ?? value('resp_bytes');
  const isOneWay = isTcp && wentOn && (value('resp_pkts') ?? counts ?? '0') === '0';
  let observed = 0;
  row.signs = 0;
  if (began) observed |= OBSERVED.begin | OBSERVED.application;
  if (began && (isTcp ? state !== undefined : value('resp_pkts') !== undefined)) observed |= OBSERVED.answers;
  if (counts !== undefined && !isOneWay) observed |= OBSERVED.bytes;
  if (value('orig_bytes') !== undefined && value('resp_bytes') !== undefined && !isOneWay) observed |= OBSERVED.payload;
  if (isTcp && value('service') === undefined && isWhole(row, history ?? '', value('missed_bytes')))
    row.signs = SIGNS.unrecognised;
  row.observed = observed;
}

/**
 * Whether the sensor saw all of a connection in which its originator said something: only then that it recognised no service
 * says that there was none. Sensors that lose packets do not always count them as missed.
 */
function isWhole({ payloadSent, payloadReceived, ...row }: FlowRow, history: string, missed = '0'): boolean {
  const isCounted = row.ipBytesSent >= payloadSent && row.ipBytesReceived >= payloadReceived;
  return missed === '0' && isCounted && WHOLE.test(history) && history.includes('D');
}

/** A boolean as Zeek writes it, or programs that read its logs; null where it is unset. */
function flagIn(text: string | undefined): boolean | null {
  return text === undefined ? null : /^t(?:rue)?$/i.test(text);
}

/** Tables may have numbers for the names of protocols, too, or write those large. */
function protocolOf(name = '', number: string | undefined, source: string): number {
  if (number !== undefined) return Number(number);
  const protocol = name.toLowerCase();
  if (protocol === 'icmp') return source.includes(':') ? PROTOCOL_ICMPV6 : PROTOCOL_ICMP;
  return PROTOCOLS.get(protocol) ?? wholeNumber(protocol) ?? 0;
}
