import { pairNames } from '../analysis/dns/report.ts';
import { signsOf } from '../analysis/dns/signs.ts';
import { type Case, NO_CASE } from '../analysis/report/case.ts';
import type { Report } from '../analysis/report/report.ts';
import { dnsRemarks, longRemarks } from '../analysis/report/row-remarks.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { showsEnd } from '../analysis/sessions/long.ts';
import type { Cell } from './connection-fields.ts';
import { csv } from './csv.ts';
import { remarkFields } from './remarks.ts';

/** A list of the report with the names of its columns, and a row's values in their order. */
export interface ExportedList {
  columns: readonly string[];
  length: number;
  row: (row: number) => Cell[];
}

/** Rows of the lists beside the connections, for those of which not all are asked for. */
export interface OtherRows {
  hosts?: Uint32Array;
  long?: Uint32Array;
  dns?: Uint32Array;
}

const LONG_COLUMNS = [
  'src_ip',
  'src_port',
  'dst_ip',
  'dst_port',
  'protocol',
  'requested_server_name',
  'first_seen_ms',
  'duration_s',
  'level',
  'still_open',
  'cut_at_start',
  'idle_share',
  'src2dst_payload_bytes',
  'dst2src_payload_bytes',
  'messages',
  'keep_alive_probes',
  'keep_alive_s',
  'flows',
] as const;

const DNS_COLUMNS = [
  'src_ip',
  'domain',
  'resolver',
  'rules',
  'signs',
  'queries',
  'subdomains',
  'level',
  'unique_name_bytes',
  'unique_ratio',
  'mean_name_bytes',
  'mean_bytes_before_domain',
  'odd_types_share',
  'mean_answer_bytes',
  'record_types',
  'sample_names',
  'query_bytes',
  'answer_bytes',
  'first_seen_ms',
  'last_seen_ms',
  'rhythm_score',
  'interval_s',
] as const;

/** Letters of the bits of `RULES`: long names, odd types, no domain. */
const RULE_LETTERS = ['A', 'B', 'C'];

/** The sessions that were open for long, the longest first; where something was said of connections, that of theirs comes last. */
export function longList(report: Report, remarks: Case = NO_CASE): ExportedList {
  const { long } = report;
  const said = remarkFields(remarks, longRemarks(report, remarks));
  const addresses = textsOf(long.addresses);
  const names = textsOf(long.names);
  return {
    columns: [...LONG_COLUMNS, ...said.map(({ name }) => name)],
    length: long.length,
    row: (row) => [
      addresses[long.client[row]],
      long.clientPort[row],
      addresses[long.server[row]],
      long.serverPort[row],
      long.protocol[row],
      names[long.name[row]],
      long.startMs[row],
      long.durationMs[row] / 1000,
      long.level[row],
      showsEnd(long, row) ? long.open[row] : null,
      long.cutAtStart[row],
      number(long.idleShare[row]),
      long.bytesSent[row],
      long.bytesReceived[row],
      number(long.messages[row]),
      long.probes[row],
      number(long.keepAliveS[row]),
      long.flows[row],
      ...said.map(({ of }) => of(row)),
    ],
  };
}

/** What clients asked for, those with signs of a tunnel first; where something was said, that of theirs comes last. */
export function dnsList({ dns }: Pick<Report, 'dns'>, remarks: Case = NO_CASE): ExportedList {
  const said = remarkFields(remarks, dnsRemarks({ dns }, remarks));
  const namesOf = pairNames(dns);
  const texts = textsOf(dns.texts);
  return {
    columns: [...DNS_COLUMNS, ...said.map(({ name }) => name)],
    length: dns.length,
    row: (row) => {
      const { client, domain, resolver } = namesOf(row);
      return [
        client,
        domain,
        resolver,
        RULE_LETTERS.filter((_, bit) => (dns.rules[row] & (1 << bit)) !== 0).join(''),
        signsOf({ dns }, row),
        dns.queries[row],
        dns.subdomains[row],
        dns.level[row],
        dns.uniqueBytes[row],
        number(dns.uniqueRatio[row]),
        number(dns.meanName[row]),
        number(dns.meanBefore[row]),
        number(dns.oddShare[row]),
        number(dns.meanAnswer[row]),
        texts[dns.types[row]],
        texts[dns.samples[row]],
        dns.bytesSent[row],
        dns.bytesReceived[row],
        dns.firstMs[row],
        dns.lastMs[row],
        number(dns.rhythmScore[row]),
        number(dns.intervalS[row]),
        ...said.map(({ of }) => of(row)),
      ];
    },
  };
}

/** A list with some rows of it, in their order; all of it where none are given. */
export function rowsOf(list: ExportedList, rows: Uint32Array | undefined): ExportedList {
  return rows === undefined ? list : { ...list, length: rows.length, row: (place) => list.row(rows[place]) };
}

/** A list as CSV (RFC 4180, LF line ends), in batches of lines; a cell without a value is empty. */
export function listCsv({ columns, length, row }: ExportedList): Generator<string> {
  return csv(columns, length, row);
}

function number(value: number): Cell {
  return Number.isNaN(value) ? null : value;
}
