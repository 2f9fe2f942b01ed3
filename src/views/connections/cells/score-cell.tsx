import { RANKING_DESCRIPTIONS } from '../../../state/rankings.ts';
import { ScoreBar } from '../../charts/score-bar.tsx';
import { formatScore } from '../../text/format.ts';
import { unscoredReason } from '../../text/ranking-words.ts';
import { isNarrow } from '../columns.ts';
import { useTable, type CellProps } from '../row-context.ts';
import { TriageTotal } from './triage-total.tsx';
import textStyles from '../../text/text.module.css';
import styles from './cells.module.css';

/** What is ranked by: triage's total, or a score as a bar and a number (why there is none on hover); the badge under it. */
export function ScoreCell(props: CellProps) {
  const { row } = props;
  const { report, ranking, layout } = useTable();
  if (ranking === 'triage')
    return (
      <td className={`${textStyles.number} ${styles.score}`}>
        <TriageTotal {...props} />
      </td>
    );
  const score = RANKING_DESCRIPTIONS[ranking].scores(report.connections)[row];
  return (
    <td
      className={`${textStyles.number} ${styles.score} ${isNarrow(layout) ? styles.stacked : ''}`}
      title={Number.isNaN(score) ? `No score: ${unscoredReason(report, ranking, row)}` : String(score)}
    >
      <ScoreBar score={score} />
      {formatScore(score)}
      <TriageTotal {...props} />
    </td>
  );
}
