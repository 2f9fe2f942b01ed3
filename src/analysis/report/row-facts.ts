import { textsOf } from '../memory/text-pool.ts';
import { RowFacts } from '../triage/row-facts.ts';
import type { Report } from './report.ts';

/** The facts of a report's connections. */
export function rowFactsOf({ connections, names, triage }: Report): RowFacts {
  return new RowFacts({
    table: connections,
    triage: connections.triage,
    names: textsOf(names),
    watched: textsOf(triage.watched),
    hosts: triage.hosts,
    staysInternal: triage.staysInternal,
    baseline: triage.baseline,
  });
}
