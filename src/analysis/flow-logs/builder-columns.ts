import type { FlowColumns } from '../flows/columns.ts';
import type { NumberArray } from '../memory/growing-column.ts';
import type { FlowRow } from './flow-row.ts';

/** The columns of `FlowColumns` that have one number for each flow. */
export type RowColumn = {
  [Column in keyof FlowColumns]: FlowColumns[Column] extends NumberArray ? Column : never;
}[Exclude<keyof FlowColumns, 'hostName'>];

const bytes = [(length: number) => new Uint8Array(length)];
const shorts = [(length: number) => new Uint16Array(length)];
const words = [(length: number) => new Uint32Array(length)];
const doubles = [(length: number) => new Float64Array(length)];
/** Numbers that are small in most logs, and counts of bytes or milliseconds: as narrow as the largest of the column allows. */
const numbers = [...shorts, ...words];
const counts = [...words, ...doubles];

/** How each column is made, the narrowest first; the compiler asks for every one. */
export const MAKERS: { readonly [Column in RowColumn]: readonly ((length: number) => FlowColumns[Column])[] } = {
  conversation: words,
  swapped: bytes,
  source: numbers,
  destination: numbers,
  sourcePort: shorts,
  destinationPort: shorts,
  through: numbers,
  throughPort: shorts,
  protocol: bytes,
  vlanId: shorts,
  tunnelId: bytes,
  sinceMs: counts,
  durationMs: counts,
  packetsSent: numbers,
  packetsReceived: numbers,
  bytesSent: counts,
  bytesReceived: counts,
  payloadSent: counts,
  payloadReceived: counts,
  ipBytesSent: counts,
  ipBytesReceived: counts,
  expirationId: bytes,
  begin: bytes,
  firstPiece: words,
  failed: bytes,
  observed: shorts,
  application: bytes,
  applicationGuessed: bytes,
  name: words,
  nameSource: bytes,
  resolvedName: words,
  certificate: words,
  clientFingerprint: words,
  serverFingerprint: words,
  ja4: words,
  ja4s: words,
  userAgent: words,
  contentType: words,
  request: words,
  signs: shorts,
};
export const ROW_COLUMNS = Object.keys(MAKERS) as RowColumn[];
/** Numbers that a row of a log gives as they are. */
export const PLAIN_COLUMNS = [
  'sourcePort',
  'destinationPort',
  'protocol',
  'vlanId',
  'tunnelId',
  'packetsSent',
  'packetsReceived',
  'bytesSent',
  'bytesReceived',
  'payloadSent',
  'payloadReceived',
  'expirationId',
  'begin',
  'failed',
  'observed',
  'signs',
  'nameSource',
] as const satisfies readonly (RowColumn & keyof FlowRow)[];
