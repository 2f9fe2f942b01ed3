import type { RemarkOf } from '../../analysis/report/row-remarks.ts';
import { type FilteredList, texts } from '../list.ts';

/** The fields of what the analyst said of a list's rows. */
export function remarkFields(remarkOf: RemarkOf): FilteredList['fields'] {
  return {
    verdict: texts((row) => given(remarkOf(row)?.verdict)),
    tag: texts((row) => remarkOf(row)?.tags ?? []),
    note: texts((row) => given(remarkOf(row)?.note)),
  };
}

/** All that was said of a row, for what searches in everything. */
export function remarkWords(remarkOf: RemarkOf, row: number): string {
  const remark = remarkOf(row);
  return remark === null ? '' : [remark.verdict ?? '', ...remark.tags, remark.note].join(' ');
}

function given(text: string | null | undefined): readonly string[] {
  return text === null || text === undefined || text === '' ? [] : [text];
}
