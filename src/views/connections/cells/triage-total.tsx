import { useState } from 'react';
import type { FocusEvent, PointerEvent } from 'react';
import { BADGES } from '../../../analysis/triage/badge.ts';
import { BADGE_WORDS, SET_ASIDE_WORDS, sumText, totalText } from '../../text/triage-words.ts';
import { useTable, type CellProps } from '../row-context.ts';

/** A row's badge and total; hovering or focusing it shows the sum. */
export function TriageTotal({ row, current }: CellProps) {
  const { report, texts, ranking } = useTable();
  const [above, setAbove] = useState(false);
  const { triage } = report.connections;
  const total = triage.total[row];
  const badge = BADGES[triage.badge[row]];
  const { shape, word } = triage.setAside[row] === 1 ? SET_ASIDE_WORDS : BADGE_WORDS[badge];
  const sum = sumText(total, texts.lines(row));
  const aim = ({ currentTarget }: FocusEvent | PointerEvent) => {
    const own = currentTarget.getBoundingClientRect();
    const around = currentTarget.closest('.table-scroller')?.getBoundingClientRect() ?? own;
    setAbove(Math.min(around.bottom, innerHeight) - own.bottom < own.top - around.top);
  };
  return (
    <button
      type="button"
      className={`total total-${badge}${above ? ' total-above' : ''}`}
      tabIndex={current ? 0 : -1}
      data-sum={sum}
      aria-label={`${totalText(total)}, ${word}: ${sum.replaceAll('\n', '; ')}`}
      onPointerEnter={aim}
      onFocus={aim}
    >
      {ranking === 'triage' && (
        <span className="total-points">
          <span className="shape" aria-hidden="true">
            {shape}
          </span>
          {totalText(total)}
        </span>
      )}
      <span className="badge">
        {ranking !== 'triage' && (
          <span className="shape" aria-hidden="true">
            {shape}{' '}
          </span>
        )}
        {word}
        {ranking !== 'triage' && ` ${totalText(total)}`}
      </span>
    </button>
  );
}
