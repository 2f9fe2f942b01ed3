import { useIsSoFar } from '../../context.ts';
import { formatCount, formatCounted } from '../../text/format.ts';
import { useTable, type CellProps } from '../row-context.ts';
import styles from './cells.module.css';

/** What a row can do besides being opened: show its twins, and set its destination aside. */
export function RowButtons({ row, current }: CellProps) {
  const { report, twins, unfolded, onUnfold, onAside } = useTable();
  const { connections } = report;
  const isSoFar = useIsSoFar();
  const group = connections.group[row];
  const count = twins[row];
  const open = unfolded.includes(group);
  return (
    <span className={styles.rowButtons}>
      {count > 0 && (
        <button
          type="button"
          className={styles.fold}
          tabIndex={current ? 0 : -1}
          aria-expanded={open}
          aria-label={formatCounted(count, 'twin')}
          title="The same host calls other nameless addresses at the same interval, or the same name at other addresses on one rhythm"
          onClick={(event) => {
            event.stopPropagation();
            onUnfold(group, !open);
          }}
        >
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {formatCount(count)}
          <span className={styles.foldWord}> {count === 1 ? 'twin' : 'twins'}</span>
        </button>
      )}
      {connections.triage.setAside[row] === 0 && !isSoFar && (
        <button
          type="button"
          className={styles.asideButton}
          tabIndex={current ? 0 : -1}
          aria-haspopup="menu"
          title="Set aside … (a)"
          aria-label="Set aside"
          onClick={(event) => {
            event.stopPropagation();
            onAside([row], event.currentTarget);
          }}
        >
          ×
        </button>
      )}
    </span>
  );
}
