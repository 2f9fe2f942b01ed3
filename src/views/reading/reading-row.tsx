import type { Progress, RowsSoFar } from '../../worker/protocol.ts';
import { formatBytes } from '../text/format.ts';
import { scoredSoFar, timeLeft } from './pace.ts';
import textStyles from '../text/text.module.css';
import styles from './reading.module.css';

interface Props {
  progress: Progress | null;
  rows: RowsSoFar;
  onCancel: () => void;
}

/** Over the first rows: how far reading has come, and of how much of it they are. */
export function ReadingRow({ progress, rows, onCancel }: Props) {
  const { bytesTotal } = rows;
  const bytesRead = progress?.bytesRead ?? rows.bytesRead;
  return (
    <div className={styles.readingRow}>
      <h2>
        Reading <span className={textStyles.fileName}>{progress?.file}</span>
        {progress !== null && progress.fileCount > 1 && (
          <span className={textStyles.quiet}>
            {' '}
            ({progress.fileNumber} of {progress.fileCount})
          </span>
        )}
      </h2>
      <progress aria-label="Bytes read" max={1} value={bytesRead / bytesTotal} />
      <span className={styles.left}>{progress === null ? '' : whatIsLeft(progress)}</span>
      <button type="button" onClick={onCancel}>
        Cancel <kbd>Esc</kbd>
      </button>
      <p data-testid="so-far">
        So far: {formatBytes(rows.bytesRead)} of {formatBytes(bytesTotal)} read; rows can still move.
      </p>
    </div>
  );
}

function whatIsLeft(progress: Progress): string {
  if (progress.scoring !== undefined) return `scored: ${scoredSoFar(progress.scoring)}`;
  return `${formatBytes(progress.bytesRead)} read, ${timeLeft(progress)} left`;
}
