import { type Case, type Remark, remarkKey } from '../analysis/report/case.ts';
import type { Report } from '../analysis/report/report.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import type { ExportedField } from './connection-fields.ts';

/** Gives what was said of a report's rows; null for nothing. Asked for the same row again it builds no key. */
export function remarksOf(report: Report, remarks: Case): (row: number) => Remark | null {
  if (remarks.size === 0) return () => null;
  const keyOf = remarkKeys(report);
  const last: { row: number; remark: Remark | null } = { row: -1, remark: null };
  return (row) => {
    if (row !== last.row) Object.assign(last, { row, remark: remarks.get(keyOf(row)) ?? null });
    return last.remark;
  };
}

/** What names a report's rows in a case. */
export function remarkKeys(report: Report): (row: number) => string {
  const { source, destination, name } = report.connections;
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  const texts = {
    source: (row: number) => addresses[source[row]],
    destinationLabel: (row: number) => names[name[row]] || addresses[destination[row]],
  };
  return (row) => remarkKey(report, texts, row);
}

/** Verdict, note and tags as columns of a table; none where nothing was said of any connection. */
export function remarkFields(report: Report, remarks: Case): Pick<ExportedField, 'name' | 'unit' | 'of'>[] {
  if (remarks.size === 0) return [];
  const remarkOf = remarksOf(report, remarks);
  const field = (name: string, of: (remark: Remark) => string | null) => ({
    name,
    unit: 'text' as const,
    of: (row: number) => {
      const remark = remarkOf(row);
      return remark === null ? null : of(remark) || null;
    },
  });
  return [
    field('verdict', ({ verdict }) => verdict),
    field('note', ({ note }) => note),
    field('tags', ({ tags }) => tags.join(', ')),
  ];
}

/** A remark in one line, '' for none: "malicious; c2, loader; asked the owner". */
export function remarkText(remark: Remark | null): string {
  if (remark === null) return '';
  return [remark.verdict ?? '', remark.tags.join(', '), oneLine(remark.note)].filter((part) => part !== '').join('; ');
}

/** A note without its line breaks. */
export function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
