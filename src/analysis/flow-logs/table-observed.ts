import { PROTOCOL_TCP } from 'pcap-ts-parser';
import { FRESH } from '../flows/columns.ts';
import { OBSERVED } from '../flows/observed.ts';
import type { FlowRow } from './flow-row.ts';

/** Which columns a flow table needs all of to show something. */
const NEEDED: readonly { shows: number; columns: readonly string[] }[] = [
  { shows: OBSERVED.names, columns: ['requested_server_name'] },
  { shows: OBSERVED.answers, columns: ['src2dst_packets', 'dst2src_packets', 'src2dst_bytes'] },
  { shows: OBSERVED.bytes, columns: ['src2dst_bytes', 'dst2src_bytes'] },
  { shows: OBSERVED.payload, columns: ['src2dst_packets', 'dst2src_packets', 'src2dst_bytes', 'dst2src_bytes'] },
  { shows: OBSERVED.payload, columns: ['src2dst_payload_bytes', 'dst2src_payload_bytes'] },
  { shows: OBSERVED.application, columns: ['application_name'] },
  { shows: OBSERVED.fingerprints, columns: ['client_fingerprint'] },
  { shows: OBSERVED.certificates, columns: ['certificate_subject'] },
  { shows: OBSERVED.requests, columns: ['user_agent'] },
];

/** What only the first packets of a flow show. */
const AT_BEGIN =
  OBSERVED.names | OBSERVED.answers | OBSERVED.application | OBSERVED.fingerprints | OBSERVED.certificates;
export const NEEDS_BOTH_WAYS = OBSERVED.answers | OBSERVED.bytes | OBSERVED.payload;

/** By column: what is lost where it has no value. A name that is missing is what there is to see. */
const LOST_WITH: ReadonlyMap<string, number> = new Map([
  ['application_name', OBSERVED.application],
  ...['src2dst_packets', 'src2dst_bytes', 'dst2src_packets', 'dst2src_bytes'].map(
    (name) => [name, NEEDS_BOTH_WAYS] as const,
  ),
  ...['src2dst_payload_bytes', 'dst2src_payload_bytes'].map((name) => [name, OBSERVED.payload as number] as const),
]);

/**
 * Bytes of payload that a packet of no more than a handshake seems to have, where headers are estimated: TCP's options.
 */
const MOST_OPTIONS = 20;

/** What a table with these columns could show of a flow, as bits of `OBSERVED`. */
export function shownBy(columns: readonly string[]): number {
  return NEEDED.filter(({ columns: needed }) => needed.every((name) => columns.includes(name))).reduce(
    (bits, { shows }) => bits | shows,
    0,
  );
}

/** What a table does not show of a flow whose cell in a column has no value. */
export function lostWith(column: string): number {
  return LOST_WITH.get(column) ?? 0;
}

/** The same of one flow: what goes on where a timeout cut has no first packets. */
export function observedOf({ begin, protocol, packetsReceived, failed }: FlowRow, shows: number): number {
  if (begin !== FRESH && protocol === PROTOCOL_TCP) return shows & ~AT_BEGIN;
  const isOneWay = protocol === PROTOCOL_TCP && packetsReceived === 0 && failed === 0;
  return (isOneWay ? shows & ~NEEDS_BOTH_WAYS : shows) | OBSERVED.begin;
}

/** Whether a flow is a request for TCP and nothing else: not answered, and too small to hold more than a handshake. */
export function isUnanswered({ protocol, packetsSent, packetsReceived, payloadSent }: FlowRow, shows: number): boolean {
  if (protocol !== PROTOCOL_TCP || (shows & OBSERVED.answers) === 0) return false;
  return packetsReceived === 0 && payloadSent <= MOST_OPTIONS * packetsSent;
}
