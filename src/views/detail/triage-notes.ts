import { formatDuration } from '../../analysis/durations.ts';
import type { Report } from '../../analysis/report/report.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import { formatCounted } from '../text/format.ts';

/**
 * What is worth knowing of a row but has no points: notes of triage, how many hosts go there, when it was first seen.
 */
export function notesOf(report: Report, texts: RowTexts, row: number): string[] {
  const lines = texts.lines(row);
  const notes = lines.filter(({ points }) => points === 0).map(({ phrase }) => phrase);
  return [...notes, ...prevalenceNote(report, texts, row), ...firstSeenNote(report, row)];
}

/** Nothing where a line with points says how many hosts go there, or where no internal host does. */
function prevalenceNote(report: Report, texts: RowTexts, row: number): string[] {
  const { hosts, allHosts } = texts.facts(row);
  if (report.triage.prevalenceGap !== '') return [report.triage.prevalenceGap];
  if (hosts === 0 || texts.lines(row).some(({ id }) => id === 'rare' || id === 'common')) return [];
  return [`${hosts} of ${formatCounted(allHosts, 'internal host')} ${hosts === 1 ? 'goes' : 'go'} there`];
}

function firstSeenNote(report: Report, row: number): string[] {
  if (report.firstMs === null) return [];
  const sinceMs = report.connections.firstSeenMs[row] - report.firstMs;
  return [
    sinceMs < 1000
      ? 'first seen as the capture began'
      : `first seen ${formatDuration(sinceMs)} after the capture began`,
  ];
}
