import type { ListProblem } from '../analysis/triage/lists/list.ts';
import { formatCounted } from './format.ts';

/** More than these are counted, not listed. */
const LISTED = 20;

/** Lines of a list that could not be read, each with its number and why. */
export function ListProblems({ problems }: { problems: readonly ListProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="list-problems warn">
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
