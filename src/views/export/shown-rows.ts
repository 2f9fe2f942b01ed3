import type { Report } from '../../analysis/report.ts';
import { filteredRows, sortedRows } from '../../state/order.ts';
import { RowTexts } from '../../state/row-texts.ts';
import type { View } from '../../state/view.ts';

/** Rows of a report as the page shows them: filtered, and in its order. */
export function shownRows(report: Report, { ranking, sort, hidden, filter }: View): Uint32Array {
  const { connections } = report;
  const texts = new RowTexts(report);
  return filteredRows(sortedRows(connections, texts, ranking, sort), connections, texts, hidden, filter);
}

/** The row of the open connection, -1 without one or while it is listed under another grouping. */
export function openRow({ connections, settings }: Report, { selected, grouping }: View): number {
  return selected === null || settings.grouping !== grouping ? -1 : connections.group.indexOf(selected);
}
