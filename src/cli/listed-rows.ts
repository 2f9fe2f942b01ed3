import { type Case, NO_CASE } from '../analysis/report/case.ts';
import { rowsInOrder } from '../analysis/report/rank.ts';
import type { Report } from '../analysis/report/report.ts';
import type { Field } from '../filter/fields.ts';
import { allRows, filterRows, NO_FILTER } from '../filter/filter.ts';
import { connectionList } from '../filter/lists/connections.ts';
import { dnsList } from '../filter/lists/dns.ts';
import { hostList } from '../filter/lists/hosts.ts';
import { longSessionList } from '../filter/lists/long.ts';
import type { AnalyzeCommand } from './arguments.ts';

/** The rows of each list that a command asks for, in its order. */
export interface ListedRows {
  connections: Uint32Array;
  hosts: Uint32Array;
  long: Uint32Array;
  dns: Uint32Array;
  /** Fields that the filter asks for and the list of connections lacks. */
  lacks: Field[];
}

/** The rows that the command's filter lets through, in the filter's order or the command's; it may ask for remarks. */
export function listedRows(
  report: Report,
  { filter, score }: Pick<AnalyzeCommand, 'filter' | 'score'>,
  remarks: Case = NO_CASE,
): ListedRows {
  const inOrder = rowsInOrder(report.connections, score);
  if (filter === NO_FILTER) {
    const [hosts, long, dns] = [report.hosts, report.long, report.dns].map(allRows);
    return { connections: inOrder, hosts, long, dns, lacks: [] };
  }
  const [hosts, long, dns] = [hostList(report, remarks), longSessionList(report, remarks), dnsList(report, remarks)];
  const { rows, lacks } = filterRows(filter, connectionList(report, remarks), inOrder);
  return {
    connections: rows,
    hosts: filterRows(filter, hosts, allRows(hosts)).rows,
    long: filterRows(filter, long, allRows(long)).rows,
    dns: filterRows(filter, dns, allRows(dns)).rows,
    lacks,
  };
}
