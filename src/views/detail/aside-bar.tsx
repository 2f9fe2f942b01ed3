import { indicatorText } from '../../analysis/lists/indicator.ts';
import { asideChoices, coveringEntries } from '../../state/set-aside.ts';
import type { SetAside } from '../connections/use-set-aside.ts';
import { useReport } from '../context.ts';
import { choiceWords, SET_ASIDE_WORDS } from '../text/triage-words.ts';
import styles from './aside-bar.module.css';

interface Props {
  row: number;
  aside: SetAside;
}

/** Sets the open connection's destination aside, or says which entry of the list does and takes it back. */
export function AsideBar({ row, aside }: Props) {
  const { report, texts } = useReport();
  const ends = texts.ends(row);
  if (report.connections.triage.setAside[row] === 0) {
    return (
      <details className={styles.asideBar}>
        <summary>Set aside …</summary>
        <ul>
          {asideChoices([ends]).map((choice) => (
            <li key={choice.kind}>
              <button type="button" onClick={() => aside.setAside(choice.indicators)}>
                {choiceWords(choice)}
              </button>
            </li>
          ))}
        </ul>
      </details>
    );
  }
  const entries = coveringEntries(report.settings.allow, ends);
  return (
    <p className={styles.asideBar}>
      <span aria-hidden="true">{SET_ASIDE_WORDS.shape}</span> Set aside by your list.
      {entries.map((entry) => (
        <button key={indicatorText(entry)} type="button" onClick={() => aside.takeBack(entry)}>
          Take {indicatorText(entry)} back
        </button>
      ))}
    </p>
  );
}
