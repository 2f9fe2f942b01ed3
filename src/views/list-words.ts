import type { ListSummary } from '../analysis/triage/summary.ts';
import type { Imported } from '../state/list-import.ts';
import { formatCount, formatCounted } from './format.ts';

/** "12 entries", and what of a JSON list no connection can meet. */
export function listSummaryWords({ entries, others }: Pick<ListSummary, 'entries' | 'others'>): string {
  const counted = formatCounted(entries, 'entry', 'entries');
  return others === 0 ? counted : `${counted}, and ${formatCounted(others, 'object')} about something else`;
}

/** What became of a file that was added to a list. */
export function importWords(file: string, { added, known, others, problems }: Imported): string {
  const parts = [
    `${formatCounted(added, 'entry', 'entries')} added`,
    ...(known > 0 ? [`${formatCount(known)} already there`] : []),
    ...(others > 0 ? [`${formatCounted(others, 'object')} about something else`] : []),
    ...(problems.length > 0 ? [`${formatCounted(problems.length, 'line')} not read`] : []),
  ];
  return `${file}: ${parts.join(', ')}.`;
}
