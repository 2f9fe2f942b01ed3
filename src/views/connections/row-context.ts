import { createContext, use } from 'react';
import type { Report } from '../../analysis/report/report.ts';
import type { TwinCounts } from '../../state/fold.ts';
import type { Ranking } from '../../state/rankings.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import type { TimeZone } from '../../state/view.ts';
import type { Layout } from './columns.ts';

/**
 * What all cells of a shown table have in common. One object as long as nothing of it changes: rows are memoised on it.
 */
export interface TableLook {
  report: Report;
  texts: RowTexts;
  ranking: Ranking;
  timeZone: TimeZone;
  layout: Layout;
  /** How many rows are folded under each, and the groups whose twins are shown. */
  twins: TwinCounts;
  unfolded: readonly number[];
  onUnfold: (group: number, open: boolean) => void;
  /** Asks what of some rows to set aside, at an element. */
  onAside: (rows: readonly number[], at: Element) => void;
}

/** What every cell is given; the rest comes by `useTable`. */
export interface CellProps {
  row: number;
  /** Whether the keyboard is at this row: only its buttons are in the tab order. */
  current: boolean;
}

export const TableContext = createContext<TableLook | null>(null);

/** The table that a cell is in. */
export function useTable(): TableLook {
  const table = use(TableContext);
  if (table === null) throw new Error('A cell is shown outside its table.');
  return table;
}
