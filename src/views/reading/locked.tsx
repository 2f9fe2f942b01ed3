import { useId, useState } from 'react';
import type { Failure } from '../../worker/protocol.ts';
import { useActions } from '../context.ts';
import { failureTitle } from './failure-text.ts';
import buttonStyles from '../controls/button.module.css';
import frameStyles from '../controls/frames.module.css';
import textStyles from '../text/text.module.css';
import styles from './reading.module.css';

interface Props {
  failure: Failure;
  onClose: () => void;
}

/** Asks for the password of an encrypted file in an archive. */
export function Locked({ failure, onClose }: Props) {
  const { unlock } = useActions();
  const [password, setPassword] = useState('');
  const id = useId();
  return (
    <main className={frameStyles.page} aria-label="Password">
      <h2>{failureTitle(failure)}</h2>
      <p className={styles.failureMessage}>{failure.message}</p>
      <form
        className={styles.password}
        onSubmit={(event) => {
          event.preventDefault();
          unlock(password);
        }}
      >
        <label htmlFor={id}>Password</label>
        {/* No secret of the analyst's: it stands beside the download. Seen, it is typed right. */}
        <input
          id={id}
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <button type="submit" className={buttonStyles.primary} disabled={password === ''}>
          Open
        </button>
      </form>
      <div className={styles.buttons}>
        <button type="button" onClick={() => unlock(null)}>
          Read without it
        </button>
        <button type="button" onClick={onClose}>
          Back <kbd>Esc</kbd>
        </button>
      </div>
      <p className={textStyles.note}>
        “infected” was tried, and with it the dates in the archive’s name. The page or the mail that the archive came
        with may say its password. It is kept until this page is closed, and sent nowhere.
      </p>
    </main>
  );
}
