import { type Headline, headlineOf } from '../hosts/headline.ts';
import { HostRows } from '../hosts/host-rows.ts';
import type { RowFacts } from '../triage/row-facts.ts';
import { rowsInOrder } from './rank.ts';
import type { Report } from './report.ts';
import { rowFactsOf } from './row-facts.ts';

/** What a report says first. */
export function reportHeadline(
  report: Report,
  hosts = new HostRows(report.hosts),
  facts: Pick<RowFacts, 'lines'> = rowFactsOf(report),
): Headline {
  const { connections } = report;
  const order = rowsInOrder(connections, 'triage');
  return headlineOf({ hosts, triage: connections.triage, order, linesOf: (row) => facts.lines(row) });
}
