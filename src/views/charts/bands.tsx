import { formatRatio } from '../../analysis/durations.ts';
import { WEAK_RHYTHM } from '../../analysis/scores/rhythm-levels.ts';
import type { Rhythm } from '../../analysis/scores/rhythm.ts';
import type { Unscored } from '../../analysis/scores/unscored.ts';
import { formatCounted } from '../text/format.ts';
import styles from './charts.module.css';

/** A band of gaps, some periods long, to mark in a histogram. Milliseconds. */
export interface BandMark {
  /** "1×", "2×", "3×". */
  label: string;
  periods: number;
  fromMs: number;
  toMs: number;
  /** Gaps inside it. */
  count: number;
}

/** The scored band and its multiples; none where no rhythm is steady enough to speak of. */
export function bandMarks(rhythm: Rhythm | Unscored): BandMark[] {
  if (rhythm.score === null || rhythm.score < WEAK_RHYTHM) return [];
  return rhythm.bandsS.map(([low, high], at) => ({
    label: `${at + 1}×`,
    periods: at + 1,
    fromMs: Math.max(0, low) * 1000,
    toMs: high * 1000,
    count: rhythm.counts[at],
  }));
}

const MEANINGS = [
  'the scored band, one period',
  'two periods, a check-in missed',
  'three periods, two missed',
] as const;

/** What the marked bands of a histogram are, in words. */
export function BandLegend({ bands }: { bands: readonly BandMark[] }) {
  return (
    <ul aria-label="Bands" className={`${styles.legend} ${styles.bandLegend}`}>
      {bands.map(({ label, periods, fromMs, toMs, count }) => (
        <li key={label}>
          <strong>{label}</strong> {MEANINGS[periods - 1]}: {formatRatio(fromMs)} to {formatRatio(toMs)},{' '}
          {formatCounted(count, 'gap')}
        </li>
      ))}
    </ul>
  );
}
