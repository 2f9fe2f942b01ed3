import { APPLICATIONS } from '../../analysis/protocols/application-ids.ts';
import { protocolName } from '../../analysis/net/protocol-names.ts';
import { isQuestion, nameWords } from '../../analysis/flows/name-sources.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import { type Case, NO_CASE } from '../../analysis/report/case.ts';
import type { Report } from '../../analysis/report/report.ts';
import { BADGE_WORDS, BADGES } from '../../analysis/triage/badge.ts';
import { NOVELTY } from '../../analysis/triage/novelty.ts';
import { rowFactsOf } from '../../analysis/report/row-facts.ts';
import { remarksOf } from '../../analysis/report/row-remarks.ts';
import { type FilteredList, flag, numbers, texts } from '../list.ts';
import { remarkFields, remarkWords } from './remarks.ts';
import { memoized, withPort } from './texts.ts';
import { traceFields } from './traces.ts';

const NO_TEXTS: readonly string[] = [];

/** The connections of a report, and what was said of them, as a filter sees them. */
export function connectionList(report: Report, remarks: Case = NO_CASE): FilteredList {
  const { connections: table } = report;
  const { triage, joined } = table;
  const pool = textsOf(report.addresses);
  const names = textsOf(report.names);
  const facts = rowFactsOf(report);
  const remarkOf = remarksOf(report, remarks);
  const source = (row: number): string => pool[table.source[row]];
  const destination = (row: number): string => pool[table.destination[row]];
  const name = (row: number): string => names[table.name[row]];
  const named = (row: number): readonly string[] => (table.name[row] === 0 ? NO_TEXTS : [name(row)]);
  // What a resolver is asked for is not its own name, nor is what a client calls itself.
  const isItsName = (row: number): boolean => nameWords(table.nameSource[row], table.destinationPort[row]) === '';
  const addresses = (row: number): readonly string[] => [source(row), destination(row)];
  const application = (row: number): string => APPLICATIONS[triage.application[row]];
  const reasons = (row: number): readonly string[] => facts.lines(row).flatMap(({ id, phrase }) => [phrase, id]);
  const ends = (row: number): readonly string[] => {
    return withPort([destination(row), ...named(row)], table.destinationPort[row]);
  };
  return {
    kind: 'connections',
    length: table.length,
    fields: {
      src: texts((row) => [source(row)]),
      dst: texts((row) => [destination(row), ...(isItsName(row) ? named(row) : NO_TEXTS)]),
      host: texts((row) => [...addresses(row), ...named(row)]),
      addr: texts(addresses),
      name: texts(named),
      port: numbers((row) => table.destinationPort[row]),
      proto: numbers((row) => table.protocol[row]),
      app: texts((row) => [application(row)]),
      ...traceFields(report.traces),
      flows: numbers((row) => table.flows[row]),
      bytes: numbers((row) => table.bytesSent[row] + table.bytesReceived[row]),
      sent: numbers((row) => table.bytesSent[row]),
      received: numbers((row) => table.bytesReceived[row]),
      score: numbers((row) => joined.score[row]),
      rita: numbers((row) => table.rita.score[row]),
      beacon: numbers((row) => 100 * table.rita.score[row]),
      notebook: numbers((row) => table.notebook.Score[row]),
      corrected: numbers((row) => table.corrected.Score[row]),
      points: numbers((row) => triage.total[row]),
      badge: texts((row) => [BADGE_WORDS[BADGES[triage.badge[row]]]]),
      reason: texts(reasons),
      interval: numbers((row) => joined.intervalS[row]),
      jitter: numbers((row) => joined.jitter[row]),
      duration: numbers((row) => (table.lastSeenMs[row] - table.firstSeenMs[row]) / 1000),
      first: numbers((row) => table.firstSeenMs[row]),
      last: numbers((row) => table.lastSeenMs[row]),
      watched: flag((row) => triage.watched[row] !== 0),
      new: flag((row) => (triage.novelty[row] & NOVELTY.destination) !== 0),
      aside: flag((row) => triage.setAside[row] === 1),
      ...remarkFields(remarkOf),
      query: texts((row) => (isQuestion(table.nameSource[row]) ? named(row) : NO_TEXTS)),
    },
    shown: memoized(table.length, (row) => {
      const protocol = protocolName(table.protocol[row]);
      const app = triage.applicationSeen[row] === 1 ? application(row) : '';
      return [source(row), ...ends(row), protocol, app, remarkWords(remarkOf, row)].join(' ').toLowerCase();
    }),
    names: (row) => named(row).map((text) => text.toLowerCase()),
    addresses,
    ends: (row) => ends(row).map((text) => text.toLowerCase()),
  };
}
