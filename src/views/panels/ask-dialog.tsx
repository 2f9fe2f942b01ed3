import type { Failure } from '../../worker/protocol.ts';
import { Dialog } from '../controls/dialog.tsx';
import { failureTitle } from '../reading/failure-text.ts';
import { formatCounted } from '../text/format.ts';
import buttonStyles from '../controls/button.module.css';
import textStyles from '../text/text.module.css';
import styles from './dialogs.module.css';

/**
 * What would lose an analysis, and therefore asks first: leaving it, or files that came while it is shown. What cannot be
 * read at all is only said.
 */
export type Question =
  | { kind: 'leave' }
  | { kind: 'files'; files: readonly File[] }
  | { kind: 'refused'; failure: Failure };

/** Names of files that are said; more are counted. */
const SAID = 3;

interface Props {
  question: Question | null;
  /** Reads the files together with those of the analysis. */
  onAdd: (files: readonly File[]) => void;
  /** Reads the files alone. */
  onOpen: (files: readonly File[]) => void;
  onLeave: () => void;
  /** The question is answered, or the analyst would rather go on as before. */
  onClose: () => void;
}

/** Asks before an analysis is lost. Escape leaves all as it is. */
export function AskDialog({ question, onAdd, onOpen, onLeave, onClose }: Props) {
  const answer = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Dialog className={styles.ask} shown={question !== null} titleId="ask-title" onClose={onClose}>
      {question?.kind === 'leave' && (
        <>
          <h2 id="ask-title">Leave this analysis?</h2>
          <p className={textStyles.note}>
            It is kept nowhere: save it first (Export, Analysis), or the captures would have to be read again.
          </p>
          <div className={styles.choices}>
            <button type="button" className={buttonStyles.primary} onClick={onClose}>
              Stay
            </button>
            <button type="button" onClick={answer(onLeave)}>
              Leave
            </button>
          </div>
        </>
      )}
      {question?.kind === 'refused' && (
        <>
          <h2 id="ask-title">{failureTitle(question.failure)}</h2>
          <p>{question.failure.message} The analysis stays as it is.</p>
          <div className={styles.choices}>
            <button type="button" className={buttonStyles.primary} onClick={onClose}>
              Go on
            </button>
          </div>
        </>
      )}
      {question?.kind === 'files' && (
        <>
          <h2 id="ask-title">Add to this analysis, or open instead?</h2>
          <p className={`${textStyles.note} ${textStyles.breakable}`}>{namesOf(question.files)}</p>
          <div className={styles.choices}>
            <button type="button" className={buttonStyles.primary} onClick={answer(() => onAdd(question.files))}>
              Add to this analysis
            </button>
            <button type="button" onClick={answer(() => onOpen(question.files))}>
              Open instead
            </button>
            <button type="button" onClick={onClose}>
              Cancel
            </button>
          </div>
          <p className={textStyles.note}>Added, all captures are read again and become one analysis.</p>
        </>
      )}
    </Dialog>
  );
}

function namesOf(files: readonly File[]): string {
  const names = files.slice(0, SAID).map(({ name }) => name);
  return files.length > SAID
    ? `${names.join(', ')} and ${formatCounted(files.length - SAID, 'more file')}`
    : names.join(', ');
}
