import styles from './score-bar.module.css';

/** A score as a bar from 0 to 1, beside its number; one past 1 runs out of it. */
export function ScoreBar({ score }: { score: number }) {
  const share = Number.isNaN(score) ? 0 : Math.min(1, Math.max(0, score));
  return (
    <span className={score > 1 ? `${styles.bar} ${styles.barPast}` : styles.bar} aria-hidden="true">
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}
