import { ScoreBar } from '../../charts/score-bar.tsx';
import { formatValue } from '../../text/format.ts';
import textStyles from '../../text/text.module.css';
import factsStyles from '../facts.module.css';
import styles from './scores.module.css';

/** A part of a score, 0 to 1. */
export interface PartBar {
  name: string;
  score: number;
  formula: string;
  meaning: string;
}

/** Parts of a score as bars, each with its arithmetic under it. */
export function PartBars({ parts }: { parts: readonly PartBar[] }) {
  return (
    <dl className={styles.partBars}>
      {parts.map(({ name, score, formula, meaning }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={styles.partBar}>
            <ScoreBar score={score} />
            <strong className={textStyles.number}>{formatValue(score)}</strong>
          </dd>
          <dd className={styles.partFormula}>= {formula}</dd>
          <dd className={`${factsStyles.factMeaning} ${styles.partMeaning}`}>{meaning}.</dd>
        </div>
      ))}
    </dl>
  );
}
