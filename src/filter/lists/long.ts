import { nameWords } from '../../analysis/flows/name-sources.ts';
import { APPLICATIONS } from '../../analysis/protocols/application-ids.ts';
import { protocolName } from '../../analysis/net/protocol-names.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import { type Case, NO_CASE } from '../../analysis/report/case.ts';
import type { Report } from '../../analysis/report/report.ts';
import { longRemarks } from '../../analysis/report/row-remarks.ts';
import { type FilteredList, flag, numbers, texts } from '../list.ts';
import { remarkFields, remarkWords } from './remarks.ts';
import { memoized, withPort } from './texts.ts';
import { traceFields } from './traces.ts';

const NO_TEXTS: readonly string[] = [];

/** The sessions that were open for long, and what was said of their connections, as a filter sees them. */
export function longSessionList(report: Report, remarks: Case = NO_CASE): FilteredList {
  const { long } = report;
  const remarkOf = longRemarks(report, remarks);
  const pool = textsOf(long.addresses);
  const names = textsOf(long.names);
  const client = (row: number): string => pool[long.client[row]];
  const server = (row: number): string => pool[long.server[row]];
  const named = (row: number): readonly string[] => (names[long.name[row]] === '' ? NO_TEXTS : [names[long.name[row]]]);
  const isItsName = (row: number): boolean => nameWords(long.nameSource[row], long.serverPort[row]) === '';
  const addresses = (row: number): readonly string[] => [client(row), server(row)];
  const ends = (row: number): string[] => withPort([server(row), ...named(row)], long.serverPort[row]);
  return {
    kind: 'long',
    length: long.length,
    fields: {
      src: texts((row) => [client(row)]),
      dst: texts((row) => [server(row), ...(isItsName(row) ? named(row) : NO_TEXTS)]),
      host: texts((row) => [...addresses(row), ...named(row)]),
      addr: texts(addresses),
      name: texts(named),
      port: numbers((row) => long.serverPort[row]),
      sport: numbers((row) => long.clientPort[row]),
      proto: numbers((row) => long.protocol[row]),
      app: texts((row) => [APPLICATIONS[long.application[row]]]),
      ...traceFields(long.traces),
      flows: numbers((row) => long.flows[row]),
      bytes: numbers((row) => long.bytesSent[row] + long.bytesReceived[row]),
      sent: numbers((row) => long.bytesSent[row]),
      received: numbers((row) => long.bytesReceived[row]),
      duration: numbers((row) => long.durationMs[row] / 1000),
      first: numbers((row) => long.startMs[row]),
      last: numbers((row) => long.startMs[row] + long.durationMs[row]),
      messages: numbers((row) => long.messages[row]),
      idle: numbers((row) => long.idleShare[row]),
      ...remarkFields(remarkOf),
      open: flag((row) => long.open[row] === 1),
    },
    shown: memoized(long.length, (row) => {
      const protocol = protocolName(long.protocol[row]);
      return [client(row), ...ends(row), protocol, remarkWords(remarkOf, row)].join(' ').toLowerCase();
    }),
    names: (row) => named(row).map((text) => text.toLowerCase()),
    addresses,
    ends: (row) => ends(row).map((text) => text.toLowerCase()),
  };
}
