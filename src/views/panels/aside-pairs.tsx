import { useMemo } from 'react';
import { indicatorText, plainIndicator } from '../../analysis/lists/indicator.ts';
import { readList } from '../../analysis/lists/read-list.ts';
import { useReport } from '../context.ts';
import { useSetAside } from '../connections/use-set-aside.ts';
import buttonStyles from '../controls/button.module.css';
import textStyles from '../text/text.module.css';
import styles from './lists.module.css';

/** More than these are counted, not listed. */
const LISTED = 20;

/** The pairs that are set aside, each with a way back. */
export function AsidePairs() {
  const { allow } = useReport().report.settings;
  const { takeBack } = useSetAside();
  const pairs = useMemo(
    () => readList(allow).entries.flatMap(({ indicator }) => (indicator.kind === 'pair' ? [indicator] : [])),
    [allow],
  );
  if (pairs.length === 0) return null;
  return (
    <ul className={styles.pairs} aria-label="Pairs set aside">
      {pairs.slice(0, LISTED).map((pair) => (
        <li key={indicatorText(pair)}>
          <span className={textStyles.breakable}>{plainIndicator(pair)}</span>{' '}
          <button type="button" className={buttonStyles.link} onClick={() => takeBack(pair)}>
            Take back
          </button>
        </li>
      ))}
      {pairs.length > LISTED && <li>and {pairs.length - LISTED} more</li>}
    </ul>
  );
}
