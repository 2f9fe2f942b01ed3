import { type Headline, headlineOf } from '../hosts/headline.ts';
import { HostRows } from '../hosts/host-rows.ts';
import { textsOf } from '../memory/text-pool.ts';
import { RowFacts } from '../triage/row-facts.ts';
import { rowsInOrder } from './rank.ts';
import type { Report } from './report.ts';

/** The facts of a report's connections. */
export function rowFactsOf({ connections, names, triage, dns }: Report): RowFacts {
  return new RowFacts({
    table: connections,
    triage: connections.triage,
    names: textsOf(names),
    watched: textsOf(triage.watched),
    domains: dns.texts,
    hosts: triage.hosts,
    staysInternal: triage.staysInternal,
    baseline: triage.baseline,
  });
}

/** What a report says first. */
export function reportHeadline(
  report: Report,
  hosts = new HostRows(report.hosts),
  facts: Pick<RowFacts, 'lines'> = rowFactsOf(report),
): Headline {
  const { connections } = report;
  return headlineOf({
    hosts,
    triage: connections.triage,
    orderOf: () => rowsInOrder(connections, 'triage'),
    linesOf: (row) => facts.lines(row),
  });
}
