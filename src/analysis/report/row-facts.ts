import { joinedSentenceOf } from '../connections/sentence.ts';
import { intervalWords } from '../durations.ts';
import { type Headline, headlineOf } from '../hosts/headline.ts';
import { HostRows } from '../hosts/host-rows.ts';
import { textsOf } from '../memory/text-pool.ts';
import type { NameRhythm } from '../triage/facts.ts';
import { nameRhythmOfRow } from '../triage/name-rhythms.ts';
import { RowFacts } from '../triage/row-facts.ts';
import { isByName } from '../triage/rules/rhythm-rules.ts';
import { rowsInOrder } from './rank.ts';
import type { ConnectionTable, Report } from './report.ts';

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

/** A rhythm that a row's name is called on, at several addresses, where the row has none that is steady by itself; else null. */
export function nameRhythmOf({ joined, triage }: ConnectionTable, row: number): NameRhythm | null {
  const byName = nameRhythmOfRow(triage, row);
  return isByName({ score: joined.score[row], byName }) ? byName : null;
}

/** What a connection's rhythm is in words, after that of its name where only that is steady. */
export function rhythmLead(connections: ConnectionTable, row: number): string {
  const own = joinedSentenceOf(connections, row);
  const byName = nameRhythmOf(connections, row);
  if (byName === null) return own;
  const { intervalS, flows, addresses } = byName;
  return `its name is called every ${intervalWords(intervalS)}, ${flows} times at ${addresses} addresses; at this one alone: ${own}`;
}
