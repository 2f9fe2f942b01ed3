import { useState } from 'react';
import type { FocusEvent, PointerEvent } from 'react';
import { BADGES, type Badge } from '../../../analysis/triage/badge.ts';
import { BADGE_SIGNS, SET_ASIDE_WORDS, sumText, totalText } from '../../text/triage-words.ts';
import { useTable, type CellProps } from '../row-context.ts';
import styles from './cells.module.css';

const TOTALS: Readonly<Record<Badge, string>> = {
  first: styles.totalFirst,
  next: styles.totalNext,
  explained: '',
  rest: '',
};

/** A row's badge and total; hovering or focusing it shows the sum. */
export function TriageTotal({ row, current }: CellProps) {
  const { report, texts, ranking } = useTable();
  const [above, setAbove] = useState(false);
  const { triage } = report.connections;
  const total = triage.total[row];
  const badge = BADGES[triage.badge[row]];
  const { shape, word } = triage.setAside[row] === 1 ? SET_ASIDE_WORDS : BADGE_SIGNS[badge];
  const sum = sumText(total, texts.lines(row));
  const aim = ({ currentTarget }: FocusEvent | PointerEvent) => {
    const own = currentTarget.getBoundingClientRect();
    const around = currentTarget.closest('[data-scroller]')?.getBoundingClientRect() ?? own;
    setAbove(Math.min(around.bottom, innerHeight) - own.bottom < own.top - around.top);
  };
  return (
    <button
      type="button"
      className={`${styles.total} ${TOTALS[badge]} ${above ? styles.totalAbove : ''}`}
      data-badge={badge}
      tabIndex={current ? 0 : -1}
      data-sum={sum}
      aria-label={`${totalText(total)}, ${word}: ${sum.replaceAll('\n', '; ')}`}
      onPointerEnter={aim}
      onFocus={aim}
    >
      {ranking === 'triage' && (
        <span className={styles.totalPoints} data-testid="points">
          <span className={styles.shape} aria-hidden="true">
            {shape}
          </span>
          {totalText(total)}
        </span>
      )}
      <span className={ranking === 'triage' ? styles.badge : `${styles.badge} ${styles.besideScore}`}>
        {ranking !== 'triage' && (
          <span className={styles.shape} aria-hidden="true">
            {shape}{' '}
          </span>
        )}
        {word}
        {ranking !== 'triage' && ` ${totalText(total)}`}
      </span>
    </button>
  );
}
