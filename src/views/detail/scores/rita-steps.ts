import type { Evenness } from '../../../analysis/scores/rita-statistics.ts';
import type { Rita } from '../../../analysis/scores/rita.ts';
import { formatCounted, formatValue } from '../../text/format.ts';
import type { PartBar } from './part-bars.tsx';

/** The four parts, in the order their quarters are summed. */
export function ritaParts(rita: Rita): PartBar[] {
  const { duration, histogram } = rita;
  return [
    {
      name: 'Times',
      score: rita.times.score,
      formula: evennessFormula(rita.times, 's'),
      meaning: 'Whether flows come at even distances, in whole seconds',
    },
    {
      name: 'Sizes',
      score: rita.sizes.score,
      formula: evennessFormula(rita.sizes, 'bytes'),
      meaning: 'Whether they send alike amounts of IP bytes',
    },
    {
      name: 'Histogram',
      score: histogram.score,
      formula:
        `the larger of flatness ${formatValue(histogram.flatness)} and two levels ` + formatValue(histogram.twoLevels),
      meaning: 'Whether the 24 slices hold alike numbers of flows, or only two different numbers',
    },
    {
      name: 'Duration',
      score: duration.score,
      formula:
        duration.score === 0 && rita.used < 6
          ? `0, because only ${formatCounted(rita.used, 'slice is', 'slices are')} in use`
          : `the larger of coverage ${formatValue(duration.coverage)} and longest run ${rita.longestRun} / 12 = ${formatValue(duration.consistency)}`,
      meaning: 'Whether it lasts through the capture, or without an empty slice',
    },
  ];
}

/** The sum: "0.25 × 0.94 + 0.25 × 0.9 + ...". */
export function ritaSum(rita: Rita): string {
  return ritaParts(rita)
    .map(({ score }) => `0.25 × ${formatValue(score)}`)
    .join(' + ');
}

function evennessFormula({ skew, skewScore, deviation, deviationScore }: Evenness, unit: string): string {
  const skewed = `1 − |skew ${formatValue(skew)}| = ${formatValue(skewScore)}`;
  return (
    `the mean of ${skewed} and ${formatValue(deviationScore)} for a deviation (MAD) ` +
    `of ${formatValue(deviation)} ${unit}`
  );
}
