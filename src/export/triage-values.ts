import type { Report } from '../analysis/report/report.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { BADGES } from '../analysis/triage/badge.ts';
import type { Line } from '../analysis/triage/lines.ts';
import { rowFactsOf } from '../analysis/report/row-facts.ts';

/** Badges as people read them. */
export const BADGE_WORDS: Readonly<Record<(typeof BADGES)[number], string>> = {
  first: 'read first',
  next: 'read next',
  explained: 'explained',
  rest: 'rest',
};

/** What triage says of one connection. */
export interface TriageValues {
  total: number;
  badge: string;
  lines: Line[];
  /** The allow list covers it. */
  setAside: boolean;
  /** Destination and port of the connection that it is folded under, '' for none. */
  twinOf: string;
}

/** Columns that exports give triage, in the order of `triageCells`. */
export const TRIAGE_COLUMNS = [
  'triage_total',
  'triage_badge',
  'triage_lines',
  'triage_set_aside',
  'triage_twin_of',
] as const;

/** Reads triage of a report's rows. */
export function triageValues(report: Report): (row: number) => TriageValues {
  const { connections } = report;
  const { triage } = connections;
  const addresses = textsOf(report.addresses);
  const facts = rowFactsOf(report);
  return (row) => {
    const head = triage.head[row];
    return {
      total: triage.total[row],
      badge: BADGE_WORDS[BADGES[triage.badge[row]]],
      lines: facts.lines(row),
      setAside: triage.setAside[row] === 1,
      twinOf: head === row ? '' : `${addresses[connections.destination[head]]} ${connections.destinationPort[head]}`,
    };
  };
}

/** Triage of one connection as an object; what there is none of is null. */
export function triageFields({ total, badge, lines, setAside, twinOf }: TriageValues): Record<string, unknown> {
  return { total, badge, lines, set_aside: setAside, twin_of: twinOf === '' ? null : twinOf };
}

/** Triage of one connection as cells of a table: the lines are JSON. */
export function triageCells({ total, badge, lines, setAside, twinOf }: TriageValues): (string | number | null)[] {
  return [total, badge, JSON.stringify(lines), setAside ? 1 : 0, twinOf === '' ? null : twinOf];
}
