import type { Cell, ExportedField } from './connection-fields.ts';
import type { Report } from '../analysis/report/report.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { BADGE_WORDS, BADGES } from '../analysis/triage/badge.ts';
import type { Line } from '../analysis/triage/lines.ts';
import { NOVELTY } from '../analysis/triage/novelty.ts';
import { rowFactsOf } from '../analysis/report/row-facts.ts';

/** What triage says of one connection. */
export interface TriageValues {
  total: number;
  badge: string;
  lines: Line[];
  /** The allow list covers it. */
  setAside: boolean;
  /** Destination and port of the connection that it is folded under, '' for none. */
  twinOf: string;
  /** Whether the baseline does not know where it goes, and hosts that went there before; null without a baseline. */
  isNew: boolean | null;
  hostsBefore: number | null;
}

/** Reads triage of a report's rows. */
export function triageValues(report: Report): (row: number) => TriageValues {
  const { connections } = report;
  const { triage } = connections;
  const addresses = textsOf(report.addresses);
  const facts = rowFactsOf(report);
  const isCompared = report.triage.baseline !== null;
  return (row) => {
    const head = triage.head[row];
    return {
      total: triage.total[row],
      badge: BADGE_WORDS[BADGES[triage.badge[row]]],
      lines: facts.lines(row),
      setAside: triage.setAside[row] === 1,
      twinOf: head === row ? '' : `${addresses[connections.destination[head]]} ${connections.destinationPort[head]}`,
      isNew: isCompared ? (triage.novelty[row] & NOVELTY.destination) !== 0 : null,
      hostsBefore: isCompared ? triage.hostsBefore[row] : null,
    };
  };
}

/** Triage of one connection as an object; what there is none of is null. */
export function triageObject(values: TriageValues): Record<string, unknown> {
  const { total, badge, lines, setAside, twinOf, isNew, hostsBefore } = values;
  const before = isNew === null ? {} : { new: isNew, hosts_before: hostsBefore };
  return { total, badge, lines, set_aside: setAside, twin_of: twinOf === '' ? null : twinOf, ...before };
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
    ...(report.triage.baseline === null
      ? []
      : [
          field('new', 'count', ({ isNew }) => (isNew === true ? 1 : 0)),
          field('hosts_before', 'count', ({ hostsBefore }) => hostsBefore),
        ]),
  ];
}
