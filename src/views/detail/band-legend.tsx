import { formatRatio } from '../durations.ts';
import { formatCounted } from '../format.ts';
import type { BandMark } from './bands.ts';

const MEANINGS = [
  'the scored band, one period',
  'two periods, a check-in missed',
  'three periods, two missed',
] as const;

/** What the marked bands of a histogram are, in words. */
export function BandLegend({ bands }: { bands: readonly BandMark[] }) {
  return (
    <ul className="legend band-legend">
      {bands.map(({ label, periods, fromMs, toMs, count }) => (
        <li key={label}>
          <strong>{label}</strong> {MEANINGS[periods - 1]}: {formatRatio(fromMs)} to {formatRatio(toMs)},{' '}
          {formatCounted(count, 'gap')}
        </li>
      ))}
    </ul>
  );
}
