import type { ListProblem } from '../../analysis/lists/list.ts';
import type { ListSummary } from '../../analysis/triage/summary.ts';
import type { Imported } from '../../analysis/lists/list-import.ts';
import { formatCount, formatCounted } from '../text/format.ts';
import textStyles from '../text/text.module.css';
import styles from './lists.module.css';

/** "12 entries, 2 of them pairs", and what of a JSON list no connection can meet. */
export function listSummaryWords({ entries, pairs, others }: Omit<ListSummary, 'problems'>): string {
  const ofThem = pairs === 0 ? '' : `, ${formatCount(pairs)} of them ${pairs === 1 ? 'a pair' : 'pairs'}`;
  const counted = formatCounted(entries, 'entry', 'entries') + ofThem;
  return others === 0 ? counted : `${counted}, and ${formatCounted(others, 'object')} about something else`;
}

/** What became of a file that was added to a list. */
export function importWords(file: string, { added, known, others, problems }: Omit<Imported, 'text'>): string {
  const parts = [
    `${formatCounted(added, 'entry', 'entries')} added`,
    ...(known > 0 ? [`${formatCount(known)} already there`] : []),
    ...(others > 0 ? [`${formatCounted(others, 'object')} about something else`] : []),
    ...(problems.length > 0 ? [`${formatCounted(problems.length, 'line')} not read`] : []),
  ];
  return `${file}: ${parts.join(', ')}.`;
}

/** More than these are counted, not listed. */
const LISTED = 20;

/** Lines of a list that could not be read, each with its number and why. */
export function ListProblems({ problems }: { problems: readonly ListProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className={`${styles.listProblems} ${textStyles.warn}`}>
      <p>⚠ {formatCounted(problems.length, 'line')} could not be read; the rest of the list holds.</p>
      <ul>
        {problems.slice(0, LISTED).map(({ line, reason }) => (
          <li key={`${line} ${reason}`}>
            line {line}: {reason}
          </li>
        ))}
        {problems.length > LISTED && <li>and {problems.length - LISTED} more</li>}
      </ul>
    </div>
  );
}
