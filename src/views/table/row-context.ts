import type { Report } from '../../analysis/report.ts';
import type { Ranking } from '../../state/rankings.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import type { TimeZone } from '../../state/view.ts';
import type { Layout } from './columns.ts';

/** What all cells of a shown table have in common. One object as long as nothing of it changes: rows are memoised on it. */
export interface RowContext {
  report: Report;
  texts: RowTexts;
  ranking: Ranking;
  timeZone: TimeZone;
  layout: Layout;
  /** Whether rows have room for a second line. */
  twoLines: boolean;
}

export interface CellProps {
  context: RowContext;
  row: number;
}
