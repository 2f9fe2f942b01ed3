import type { Line } from '../../analysis/triage/lines.ts';
import { signedPoints, totalText } from '../text/triage-words.ts';
import textStyles from '../text/text.module.css';
import styles from './sum-table.module.css';

/** Points with their reasons, one under the other, and what they add up to. */
export function SumTable({ lines, total }: { lines: readonly Line[]; total: number }) {
  return (
    <table className={styles.sumTable} aria-label="Triage, the sum">
      <thead className={textStyles.unseen}>
        <tr>
          <th>Points</th>
          <th>Reason</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, points, phrase }) => (
          <tr key={id}>
            <td className={textStyles.number}>{signedPoints(points)}</td>
            <td className={textStyles.breakable}>{phrase}</td>
          </tr>
        ))}
        {lines.length === 0 && (
          <tr>
            <td className={textStyles.number}>0</td>
            <td>nothing speaks for it or against it</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <td className={textStyles.number}>{totalText(total)}</td>
          <th scope="row">in all</th>
        </tr>
      </tfoot>
    </table>
  );
}
