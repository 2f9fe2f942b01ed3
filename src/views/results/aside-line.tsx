import { indicatorText } from '../../analysis/lists/indicator.ts';
import { takenWords } from '../../analysis/triage/internal-addresses.ts';
import type { SetAside } from '../connections/use-set-aside.ts';
import { useLook, useRemarks, useReport } from '../context.ts';
import { formatCount, formatCounted } from '../text/format.ts';
import buttonStyles from '../controls/button.module.css';
import textStyles from '../text/text.module.css';
import styles from './aside-line.module.css';

interface Props {
  aside: SetAside;
  /** Groups that have twins under them in the table as it is. */
  heads: readonly number[];
}

/** What is not where it would be: a public address that counts as internal, rows set aside, with a way back for the last one, and rows folded under a twin. */
export function AsideLine({ aside, heads }: Props) {
  const {
    report: { triage },
  } = useReport();
  const {
    view: { unfolded },
    dispatch,
  } = useLook();
  const { last } = aside;
  const { remarks, last: lastSaid, undo: undoSaid } = useRemarks();
  const allOpen = heads.every((group) => unfolded.includes(group));
  return (
    <div className={styles.asideLine} data-testid="aside-line">
      {triage.internalTaken !== null && <span>{takenWords(triage.internalTaken)} (Lists, Internal)</span>}
      {triage.setAside > 0 && <span>{formatCounted(triage.setAside, 'connection')} set aside, at the end</span>}
      {last !== null && (
        <span role="status">
          {last.done}: <span className={textStyles.breakable}>{indicatorText(last.indicator)}</span>{' '}
          <button type="button" className={buttonStyles.link} onClick={aside.undo}>
            Undo
          </button>
        </span>
      )}
      {remarks.size > 0 && <span>{formatCounted(remarks.size, 'connection')} with a verdict or a note</span>}
      {lastSaid !== null && (
        <button type="button" className={buttonStyles.link} title="u" onClick={undoSaid}>
          Undo the last remark
        </button>
      )}
      {triage.folded > 0 && (
        <span>
          {formatCount(triage.folded)} folded under a twin{' '}
          {heads.length > 0 && (
            <button
              type="button"
              className={buttonStyles.link}
              aria-pressed={allOpen}
              onClick={() => dispatch({ type: 'unfoldedAll', groups: allOpen ? [] : heads })}
            >
              {allOpen ? 'Fold all' : 'Unfold all'}
            </button>
          )}
        </span>
      )}
    </div>
  );
}
