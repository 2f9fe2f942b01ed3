import type { HowFar } from '../../state/session.ts';
import type { Failure } from '../../worker/protocol.ts';
import { useActions } from '../context.ts';
import { formatBytes, formatCount, formatOffset } from '../text/format.ts';
import { failureAdvice, failureTitle, partWorthReading } from './failure-text.ts';
import buttonStyles from '../controls/button.module.css';
import frameStyles from '../controls/frames.module.css';
import textStyles from '../text/text.module.css';
import styles from './reading.module.css';

interface Props {
  failure: Failure;
  /** How far reading had come. */
  progress: HowFar | null;
  onPick: () => void;
}

/** Why there is no result: the file, the place in it, what was wrong, how far reading had come, and what can be done. */
export function Failed({ failure, progress, onPick }: Props) {
  const { retry, openFirst, close } = useActions();
  const part = partWorthReading(failure, progress);
  return (
    <main className={frameStyles.page} aria-label="Failure">
      <h2>{failureTitle(failure)}</h2>
      <p className={styles.failureMessage}>{failure.message}</p>
      <dl className={styles.pace}>
        {failure.file !== null && (
          <div>
            <dt>file</dt>
            <dd className={textStyles.fileName}>{failure.file}</dd>
          </div>
        )}
        {failure.offset !== null && (
          <div>
            <dt>byte offset</dt>
            <dd>{formatOffset(failure.offset)}</dd>
          </div>
        )}
        <div>
          <dt>kind</dt>
          <dd>{failure.kind}</dd>
        </div>
        {progress !== null && (
          <>
            <div>
              <dt>read until then</dt>
              <dd>
                {formatBytes(progress.bytesRead)} of {formatBytes(progress.bytesTotal)}
              </dd>
            </div>
            <div>
              <dt>packets</dt>
              <dd>{formatCount(progress.packets)}</dd>
            </div>
          </>
        )}
      </dl>
      <p>{failureAdvice(failure)}</p>
      <div className={styles.buttons}>
        <button type="button" className={buttonStyles.primary} onClick={onPick}>
          Open other captures
        </button>
        {canRetry(failure) && (
          <button type="button" onClick={retry}>
            Try again
          </button>
        )}
        {part > 0 && (
          <button type="button" onClick={() => openFirst(part)}>
            Read the first {formatBytes(part)} alone
          </button>
        )}
        <button type="button" onClick={close}>
          Back <kbd>Esc</kbd>
        </button>
      </div>
    </main>
  );
}

/** Whether the same files could fare better a second time: damage in a file stays. */
function canRetry(failure: Failure): boolean {
  return failure.kind === 'crashed' || failure.kind === 'out-of-memory' || failure.kind === 'unreadable';
}
