import type { Report } from '../../analysis/report/report.ts';
import { formatCounted } from '../text/format.ts';
import { emptinessOf } from './headline.ts';
import buttonStyles from '../controls/button.module.css';
import textStyles from '../text/text.module.css';

interface Props {
  report: Report;
  onLimit: (minFlows: number) => void;
}

/** Says why no connection is listed, and offers the limit that would list some. */
export function EmptyResult({ report, onLimit }: Props) {
  const { reasons, limit } = emptinessOf(report);
  return (
    <div className={textStyles.empty} data-testid="empty">
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      {limit !== null && (
        <button type="button" className={buttonStyles.primary} onClick={() => onLimit(limit)}>
          List connections with more than {formatCounted(limit, 'flow')}
        </button>
      )}
    </div>
  );
}
