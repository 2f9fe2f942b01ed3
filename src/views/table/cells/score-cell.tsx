import { RANKING_DESCRIPTIONS } from '../../../state/rankings.ts';
import { formatScore } from '../../format.ts';
import { unscoredReason } from '../../unscored-reason.ts';
import type { CellProps } from '../row-context.ts';

/** The score ranked by, as a bar and a number; why there is none on hover. */
export function ScoreCell({ context: { report, ranking }, row }: CellProps) {
  const score = RANKING_DESCRIPTIONS[ranking].scores(report.connections)[row];
  return (
    <td className="number score" title={Number.isNaN(score) ? `No score: ${unscoredReason(report, ranking, row)}` : String(score)}>
      <span className={score > 1 ? 'bar bar-past' : 'bar'}><span style={{ width: `${barWidth(score)}%` }} /></span>
      {formatScore(score)}
    </td>
  );
}

function barWidth(score: number): number {
  return Number.isNaN(score) ? 0 : Math.min(1, Math.max(0, score)) * 100;
}
