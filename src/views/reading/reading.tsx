import type { Progress } from '../../worker/protocol.ts';
import { formatBytes, formatCount, formatCounted } from '../text/format.ts';
import { bytesPerSecond, scoredSoFar, timeLeft } from './pace.ts';
import frameStyles from '../controls/frames.module.css';
import textStyles from '../text/text.module.css';
import styles from './reading.module.css';

interface Props {
  fileNames: readonly string[];
  progress: Progress | null;
  onCancel: () => void;
}

/** How far reading has come, and scoring after it. */
export function Reading({ fileNames, progress, onCancel }: Props) {
  const file = progress?.file ?? fileNames[0] ?? '';
  const share = progress === null || progress.bytesTotal === 0 ? 0 : progress.bytesRead / progress.bytesTotal;
  const speed = progress === null ? null : bytesPerSecond(progress);
  return (
    <main className={`${frameStyles.page} ${styles.reading}`} aria-label="Reading">
      <h2>
        Reading <span className={textStyles.fileName}>{file}</span>
        {fileNames.length > 1 && (
          <span className={textStyles.quiet}>
            {' '}
            ({progress?.fileNumber ?? 1} of {fileNames.length})
          </span>
        )}
      </h2>
      <progress aria-label="Bytes read" max={1} value={share} />
      <dl className={styles.pace}>
        <div>
          <dt>read</dt>
          <dd>
            {progress === null
              ? 'starting'
              : `${formatBytes(progress.bytesRead)} of ${formatBytes(progress.bytesTotal)}`}
          </dd>
        </div>
        <div>
          <dt>packets</dt>
          <dd>{formatCount(progress?.packets ?? 0)}</dd>
        </div>
        <div>
          <dt>speed</dt>
          <dd>{speed === null ? 'measuring' : `${formatBytes(speed)}/s`}</dd>
        </div>
        <div>
          <dt>{progress?.scoring === undefined ? 'time left' : 'scored'}</dt>
          <dd>{progress === null ? 'measuring' : whatIsLeft(progress)}</dd>
        </div>
      </dl>
      <button type="button" onClick={onCancel}>
        Cancel <kbd>Esc</kbd>
      </button>
      {fileNames.length > 1 && (
        <p className={textStyles.note}>{formatCounted(fileNames.length, 'capture')} become one analysis.</p>
      )}
    </main>
  );
}

function whatIsLeft(progress: Progress): string {
  return progress.scoring === undefined ? timeLeft(progress) : scoredSoFar(progress.scoring);
}
