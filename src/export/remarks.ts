import { type Case, type Remark, remarkKey } from '../analysis/report/case.ts';
import type { Report } from '../analysis/report/report.ts';
import type { ExportedField } from './connection-fields.ts';
import { namedConnections } from './paste/connection.ts';

/** Gives what was said of a report's rows; null for nothing. */
export function remarksOf(report: Report, remarks: Case): (row: number) => Remark | null {
  if (remarks.size === 0) return () => null;
  const keyOf = remarkKeys(report);
  return (row) => remarks.get(keyOf(row)) ?? null;
}

/** What names a report's rows in a case. */
export function remarkKeys(report: Report): (row: number) => string {
  const connectionOf = namedConnections(report);
  const texts = {
    source: (row: number) => connectionOf(row).source,
    destinationLabel: (row: number) => connectionOf(row).name || connectionOf(row).destination,
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
