import { BADGES } from '../triage/badge.ts';
import type { TriageColumns } from '../triage/columns.ts';
import type { Line } from '../triage/lines.ts';
import { isFinding } from './findings.ts';
import type { HostRows } from './host-rows.ts';

/** Reasons that are given for what is explained. */
const MOST_REASONS = 2;
/** The line of a weak rhythm. */
const WEAK = 'weak';

/** What a report says first: which host to look at and why, else which connection, else that nothing is to be read first. */
export type Headline =
  | { kind: 'host'; host: number; group: number; title: string; why: string; more: string }
  | { kind: 'connection'; row: number; more: string }
  | { kind: 'none'; text: string };

/** The parts of a report that the headline is made of. */
export interface HeadlineSource {
  hosts: HostRows;
  triage: TriageColumns;
  /** Gives rows in the order of triage: it is asked for where no host has a finding. */
  orderOf: () => ArrayLike<number>;
  linesOf: (row: number) => readonly Line[];
}

/** The first sentence of a report. It never names a row that is explained. */
export function headlineOf(source: HeadlineSource): Headline {
  const { hosts, triage, orderOf } = source;
  const { table } = hosts;
  const withFindings = table.findings.reduce((count, findings) => count + (findings > 0 ? 1 : 0), 0);
  // The first host has the most points; one of fewer points may still be the only one with a finding.
  const host = table.findings.findIndex((findings) => findings > 0);
  if (host >= 0) {
    const further = table.findings[host] - 1;
    const others = withFindings - 1;
    const more = [
      ...(further > 0 ? [`${further} more ${further === 1 ? 'finding' : 'findings'}`] : []),
      ...(others > 0 ? [`${others} more ${others === 1 ? 'host has' : 'hosts have'} findings`] : []),
    ];
    const why = hosts.text('why', host);
    return { kind: 'host', host, group: table.firstGroup[host], title: hosts.title(host), why, more: more.join('; ') };
  }
  const order = orderOf();
  const rows = Array.from(order).filter((row) => isFinding(triage, row) && triage.head[row] === row);
  if (rows.length === 0)
    return { kind: 'none', text: `Nothing to read first. ${explainedText(source, order)}`.trimEnd() };
  return { kind: 'connection', row: rows[0], more: rows.length === 1 ? '' : `${rows.length - 1} more to read` };
}

/**
 * "2 rhythms are explained: NTP that keeps time or keeps alive by design; ..."; and of those that nothing speaks for or
 * against: "1 rhythm has little against it". '' where there is none.
 */
function explainedText({ triage, linesOf }: HeadlineSource, order: ArrayLike<number>): string {
  const reasons = new Set<string>();
  const [excused, plain] = [new Tally(), new Tally()];
  for (let place = 0; place < order.length; place++) {
    const row = order[place];
    if (BADGES[triage.badge[row]] !== 'explained' || triage.setAside[row] === 1 || triage.head[row] !== row) continue;
    const lines = linesOf(row);
    const excuse = lines.reduce<Line | null>((least, line) => {
      return line.points < (least?.points ?? 0) ? line : least;
    }, null);
    (excuse === null ? plain : excused).add(lines);
    if (excuse !== null && reasons.size < MOST_REASONS) reasons.add(excuse.phrase);
  }
  const excusedText = excused.text('is explained', 'are explained');
  const plainText = plain.text('has little against it', 'have little against them');
  return [
    ...(excused.rhythms > 0 ? [`${excusedText}: ${[...reasons].join('; ')}.`] : []),
    ...(plain.rhythms > 0 ? [`${plainText}.`] : []),
  ].join(' ');
}

/** Rhythms that are told of, the weak ones apart: those that are said to be steady are counted without them. */
class Tally {
  rhythms = 0;
  private weak = 0;

  add(lines: readonly Line[]): void {
    this.rhythms++;
    if (lines.some(({ id }) => id === WEAK)) this.weak++;
  }

  /** "1 rhythm is explained", "18 rhythms, 14 of them weak, are explained". */
  text(ofOne: string, ofMany: string): string {
    const weak = this.weak === this.rhythms ? 'weak ' : '';
    if (this.rhythms === 1) return `1 ${weak}rhythm ${ofOne}`;
    const apart = this.weak === 0 || weak !== '' ? '' : `, ${this.weak} of them weak,`;
    return `${this.rhythms} ${weak}rhythms${apart} ${ofMany}`;
  }
}
