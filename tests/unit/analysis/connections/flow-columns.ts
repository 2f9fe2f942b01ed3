import { AddressList } from '../../../../src/analysis/net/address-list.ts';
import { DnsCollector } from '../../../../src/analysis/dns/collector.ts';
import { type DnsPairs, dnsPairs } from '../../../../src/analysis/dns/report.ts';
import { DistinctTexts } from '../../../../src/analysis/memory/distinct-texts.ts';
import { type Application, APPLICATIONS } from '../../../../src/analysis/protocols/application-ids.ts';
import { groupFlows, type Groups } from '../../../../src/analysis/flows/group.ts';
import { MergedFlows } from '../../../../src/analysis/connections/merged-flows.ts';
import { type FlowColumns, FRESH } from '../../../../src/analysis/flows/columns.ts';
import { ALL_OBSERVED } from '../../../../src/analysis/flows/observed.ts';
import { Listing, type ReportTables } from '../../../../src/analysis/report/listing.ts';
import { NAME_SOURCES } from '../../../../src/analysis/flows/name-sources.ts';
import type { NameSource } from '../../../../src/analysis/flows/name-sources.ts';
import { SessionIndex } from '../../../../src/analysis/sessions/session-index.ts';
import { SessionTable } from '../../../../src/analysis/sessions/table.ts';
import { DEFAULT_SETTINGS, type ListSettings } from '../../../../src/analysis/settings.ts';

/** One flow as a test describes it; what is left out has a plain default. */
export interface FlowRow {
  source?: string;
  destination?: string;
  sourcePort?: number;
  port?: number;
  protocol?: number;
  firstMs?: number;
  lastMs?: number;
  packetsSent?: number;
  packetsReceived?: number;
  bytesSent?: number;
  bytesReceived?: number;
  payloadSent?: number;
  payloadReceived?: number;
  ipBytesSent?: number;
  ipBytesReceived?: number;
  expirationId?: number;
  begin?: number;
  /** Place of the first piece among the rows; its own unless said. */
  firstPiece?: number;
  failed?: boolean;
  /** Bits of `OBSERVED`; all of them unless said. */
  observed?: number;
  name?: string;
  nameSource?: NameSource;
  application?: Application;
  applicationGuessed?: number;
  resolvedName?: string;
  certificate?: string;
  clientFingerprint?: string;
  serverFingerprint?: string;
  ja4?: string;
  ja4s?: string;
  userAgent?: string;
  contentType?: string;
  signs?: number;
  request?: string;
}

/** The columns a flow table would hold for these flows, emitted in this order. */
export function flowColumns(rows: readonly FlowRow[]): FlowColumns {
  const addresses = new DistinctTexts();
  const names = new DistinctTexts();
  const texts = new DistinctTexts();
  names.numberOf('');
  texts.numberOf('');
  const numbers = <Column>(from: { from(list: readonly number[]): Column }, value: (row: FlowRow) => number): Column =>
    from.from(rows.map(value));
  return {
    length: rows.length,
    conversation: Uint32Array.from(rows, (_, flow) => flow),
    swapped: new Uint8Array(rows.length),
    source: numbers(Uint32Array, (row) => addresses.numberOf(row.source ?? '10.0.0.1')),
    destination: numbers(Uint32Array, (row) => addresses.numberOf(row.destination ?? '10.0.0.2')),
    addresses: AddressList.of(addresses.texts),
    sourcePort: numbers(Uint16Array, (row) => row.sourcePort ?? 40_000),
    destinationPort: numbers(Uint16Array, (row) => row.port ?? 443),
    through: numbers(Uint32Array, () => 0),
    throughPort: numbers(Uint16Array, () => 0),
    protocol: numbers(Uint8Array, (row) => row.protocol ?? 6),
    vlanId: numbers(Uint16Array, () => 0),
    tunnelId: numbers(Uint8Array, () => 0),
    originMs: 0,
    sinceMs: numbers(Float64Array, (row) => row.firstMs ?? 0),
    durationMs: numbers(Float64Array, (row) => (row.lastMs ?? row.firstMs ?? 0) - (row.firstMs ?? 0)),
    packetsSent: numbers(Uint32Array, (row) => row.packetsSent ?? 1),
    packetsReceived: numbers(Uint32Array, (row) => row.packetsReceived ?? 0),
    bytesSent: numbers(Float64Array, (row) => row.bytesSent ?? 60),
    bytesReceived: numbers(Float64Array, (row) => row.bytesReceived ?? 0),
    payloadSent: numbers(Float64Array, (row) => row.payloadSent ?? 0),
    payloadReceived: numbers(Float64Array, (row) => row.payloadReceived ?? 0),
    ipBytesSent: numbers(Float64Array, (row) => row.ipBytesSent ?? row.bytesSent ?? 60),
    ipBytesReceived: numbers(Float64Array, (row) => row.ipBytesReceived ?? row.bytesReceived ?? 0),
    expirationId: numbers(Uint8Array, (row) => row.expirationId ?? 0),
    begin: numbers(Uint8Array, (row) => row.begin ?? FRESH),
    firstPiece: Uint32Array.from(rows, (row, flow) => row.firstPiece ?? flow),
    failed: numbers(Uint8Array, (row) => (row.failed === true ? 1 : 0)),
    observed: numbers(Uint16Array, (row) => row.observed ?? ALL_OBSERVED),
    application: numbers(Uint8Array, (row) => APPLICATIONS.indexOf(row.application ?? 'Unknown')),
    applicationGuessed: numbers(Uint8Array, (row) => row.applicationGuessed ?? 0),
    name: numbers(Uint32Array, (row) => names.numberOf(row.name ?? '')),
    nameSource: numbers(Uint8Array, (row) => NAME_SOURCES.indexOf(row.nameSource ?? '')),
    names: names.texts,
    resolvedName: numbers(Uint32Array, (row) => names.numberOf(row.resolvedName ?? '')),
    certificate: numbers(Uint32Array, (row) => texts.numberOf(row.certificate ?? '')),
    clientFingerprint: numbers(Uint32Array, (row) => texts.numberOf(row.clientFingerprint ?? '')),
    serverFingerprint: numbers(Uint32Array, (row) => texts.numberOf(row.serverFingerprint ?? '')),
    ja4: numbers(Uint32Array, (row) => texts.numberOf(row.ja4 ?? '')),
    ja4s: numbers(Uint32Array, (row) => texts.numberOf(row.ja4s ?? '')),
    userAgent: numbers(Uint32Array, (row) => texts.numberOf(row.userAgent ?? '')),
    contentType: numbers(Uint32Array, (row) => texts.numberOf(row.contentType ?? '')),
    request: numbers(Uint32Array, (row) => texts.numberOf(row.request ?? '')),
    texts: texts.texts,
    signs: numbers(Uint16Array, (row) => row.signs ?? 0),
    hostName: new Uint32Array(addresses.texts.length),
  };
}

/** What is listed of these flows; unless said all connections, with every score they can have. */
export function tablesOf(rows: readonly FlowRow[], list: Partial<ListSettings> = {}): ReportTables {
  const settings: ListSettings = { ...DEFAULT_SETTINGS, minFlows: 0, notebookMinFlows: 0, ...list };
  const flows = flowColumns(rows);
  const groups = groupFlows(flows, settings.grouping);
  return new Listing(new MergedFlows(flows), noSessions(flows, groups), spanOf(rows), noDns()).tables(groups, settings);
}

/** The inside of flows of which no session is known. */
export function noSessions(flows: FlowColumns, groups: Groups): SessionIndex {
  const inside = new SessionIndex(new SessionTable().finish(), flows);
  inside.regroup(groups);
  return inside;
}

/** What DNS says where there was none. */
export function noDns(): DnsPairs {
  return dnsPairs(new DnsCollector());
}

/** What the flows span. */
export function spanOf(rows: readonly FlowRow[]): { firstMs: number; lastMs: number } {
  return {
    firstMs: rows.reduce((least, row) => Math.min(least, row.firstMs ?? 0), Number.POSITIVE_INFINITY),
    lastMs: rows.reduce((most, row) => Math.max(most, row.lastMs ?? row.firstMs ?? 0), Number.NEGATIVE_INFINITY),
  };
}
