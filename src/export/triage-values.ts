import type { Cell, ExportedField } from './connection-fields.ts';
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
export function triageObject({ total, badge, lines, setAside, twinOf }: TriageValues): Record<string, unknown> {
  return { total, badge, lines, set_aside: setAside, twin_of: twinOf === '' ? null : twinOf };
}

/** Triage as columns of a table: the lines are JSON. A row is read once for all of them that ask one after another. */
export function triageFields(report: Report): Pick<ExportedField, 'name' | 'unit' | 'of'>[] {
  const valuesOf = triageValues(report);
  let last = -1;
  let values: TriageValues | null = null;
  const field = (name: string, unit: ExportedField['unit'], of: (values: TriageValues) => Cell) => ({
    name: `triage_${name}`,
    unit,
    of: (row: number): Cell => {
      if (values === null || row !== last) values = valuesOf(row);
      last = row;
      return of(values);
    },
  });
  return [
    field('total', 'count', ({ total }) => total),
    field('badge', 'text', ({ badge }) => badge),
    field('lines', 'text', ({ lines }) => JSON.stringify(lines)),
    field('set_aside', 'count', ({ setAside }) => (setAside ? 1 : 0)),
    field('twin_of', 'text', ({ twinOf }) => (twinOf === '' ? null : twinOf)),
  ];
}
