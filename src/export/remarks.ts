import type { Case, Remark } from '../analysis/report/case.ts';
import type { RemarkOf } from '../analysis/report/row-remarks.ts';
import type { ExportedField } from './connection-fields.ts';

/** Verdict, note and tags of a list's rows as columns of a table; none where nothing was said at all. */
export function remarkFields(remarks: Case, remarkOf: RemarkOf): Pick<ExportedField, 'name' | 'unit' | 'of'>[] {
  if (remarks.size === 0) return [];
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
