import { Dialog } from '../controls/dialog.tsx';
import styles from './dialogs.module.css';

const KEYS: readonly (readonly [string[], string])[] = [
  [['o'], 'Open captures'],
  [['h'], 'Open the first host to look at'],
  [['/'], 'Filter the table'],
  [['↑', '↓'], 'Move through rows'],
  [['Page Up', 'Page Down'], 'Move by a page'],
  [['Home', 'End'], 'First and last row'],
  [['Enter'], 'Open the row; in the filter, go on to the rows'],
  [['Space'], 'Choose the row, or no more'],
  [['Shift+↑', 'Shift+↓'], 'Choose several rows; Shift and Ctrl with a click do, too'],
  [['→', '←'], 'Show or fold the twins of the row'],
  [['a'], 'Set aside the row, or all that are chosen'],
  [['Ctrl+z', 'u'], 'Take back the last verdict, note, tag, or what was set aside'],
  [['Esc'], 'Close a followed flow or the detail, leave the filter, clear the time looked at, cancel reading'],
  [['?'], 'This list'],
];

export function KeysDialog({ shown, onClose }: { shown: boolean; onClose: () => void }) {
  return (
    <Dialog className={styles.keys} shown={shown} titleId="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keys</h2>
      <dl>
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </Dialog>
  );
}
