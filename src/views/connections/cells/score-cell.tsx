import { RANKING_DESCRIPTIONS } from '../../../state/rankings.ts';
import { formatScore } from '../../text/format.ts';
import { unscoredReason } from '../../text/ranking-words.ts';
import { useTable, type CellProps } from '../row-context.ts';
import { TriageTotal } from './triage-total.tsx';

/** What is ranked by: triage's total, or a score as a bar and a number (why there is none on hover); the badge under it. */
export function ScoreCell(props: CellProps) {
  const { row } = props;
  const { report, ranking } = useTable();
  if (ranking === 'triage')
    return (
      <td className="number score">
        <TriageTotal {...props} />
      </td>
    );
  const score = RANKING_DESCRIPTIONS[ranking].scores(report.connections)[row];
  return (
    <td
      className="number score"
      title={Number.isNaN(score) ? `No score: ${unscoredReason(report, ranking, row)}` : String(score)}
    >
      <span className={score > 1 ? 'bar bar-past' : 'bar'}>
        <span style={{ width: `${barWidth(score)}%` }} />
      </span>
      {formatScore(score)}
      <TriageTotal {...props} />
    </td>
  );
}

function barWidth(score: number): number {
  return Number.isNaN(score) ? 0 : Math.min(1, Math.max(0, score)) * 100;
}
