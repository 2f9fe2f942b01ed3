import { nameRhythmOf } from '../../../analysis/report/row-facts.ts';
import type { Level } from '../../../analysis/sessions/joined.ts';
import { intervalWords } from '../../../analysis/durations.ts';
import { exactDuration, formatCount, formatCounted, NO_VALUE } from '../../text/format.ts';
import { unscoredReason } from '../../text/ranking-words.ts';
import { rhythmOf } from '../../text/rhythm-words.ts';
import { isNarrow } from '../columns.ts';
import { useTable, type CellProps } from '../row-context.ts';
import textStyles from '../../text/text.module.css';
import styles from './cells.module.css';

/** What is said of a rhythm that is not one of flow starts. */
const WHERE: Readonly<Record<Level, string>> = { none: '', flow: '', inside: 'inside', pooled: 'pooled' };
const MEANING: Readonly<Record<Level, string>> = {
  none: '',
  flow: '',
  inside: ': of messages inside one connection that stays open',
  pooled: ': of session starts and messages together',
};

/** "60 s ± 20 %" over "228 of 233 inside" (where there is little room, "60 s" over "± 20 %"), or that there is no rhythm. */
export function RhythmCell({ row }: CellProps) {
  const { report, layout } = useTable();
  const words = rhythmOf(report.connections.joined, row);
  const byName = nameRhythmOf(report.connections, row);
  if (byName !== null) {
    const interval = intervalWords(byName.intervalS);
    const others = `${formatCount(byName.flows)} at ${formatCount(byName.addresses)} addresses`;
    return (
      <td
        className={styles.text}
        title={`Steady rhythm by its name: every ${interval}, ${formatCounted(byName.flows, 'flow')} at one of ${byName.addresses} addresses, each by chance`}
      >
        <span className={styles.rhythmLine}>{isNarrow(layout) ? interval : `${interval} by name`}</span>
        <span className={styles.address}>{isNarrow(layout) ? 'by name' : others}</span>
      </td>
    );
  }
  if (words === null) {
    // Messages inside a session may have a score, though too low for a rhythm, where the flows are too few for one.
    const reason = Number.isNaN(report.connections.joined.score[row]) ? unscoredReason(report, 'rhythm', row) : '';
    return (
      <td className={styles.text} title={reason === '' ? 'No steady rhythm' : `Not scored: ${reason}`}>
        <span className={textStyles.quiet}>{reason === '' ? 'none' : NO_VALUE}</span>
      </td>
    );
  }
  const second = isNarrow(layout) ? words.jitter : `${words.presence} ${WHERE[words.level]}`;
  return (
    <td
      className={styles.text}
      title={`${exactDuration(words.intervalMs)}; ${words.presence} present${MEANING[words.level]}`}
    >
      <span className={styles.rhythmLine}>
        {isNarrow(layout) ? words.interval : `${words.interval} ${words.jitter}`}
      </span>
      <span className={styles.address}>{second}</span>
    </td>
  );
}
