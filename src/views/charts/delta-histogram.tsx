import { useMemo } from 'react';
import { linearBins, logBins } from '../../analysis/connections/histogram.ts';
import { formatRatio, formatStep } from '../../analysis/durations.ts';
import type { BandMark } from './bands.tsx';
import type { DeltaScale } from './deltas.ts';
import { HistogramChart } from './histogram-chart.tsx';
import type { Axis } from './histogram-chart.tsx';
import { durationTicks, logDurationTicks } from './ticks.ts';

/** Fewer would put a band and what lies beside it into one bar. */
const LEAST_BINS = 36;
/** More bars than about twice the root of the number of values show chance, not shape. */
const binsFor = (values: number): number => Math.min(120, Math.max(LEAST_BINS, Math.ceil(2 * Math.sqrt(values))));
const BINS_PER_DECADE = 20;
const MOST_TICKS = 7;

const AXES: Readonly<Record<DeltaScale, Axis>> = {
  linear: { place: (ms) => ms, valueAt: (ms) => ms, ticks: (from, to) => durationTicks(from, to, MOST_TICKS) },
  log: { place: (ms) => Math.log10(Math.max(1, ms)), valueAt: (power) => 10 ** power, ticks: logDurationTicks },
};

interface Props {
  /** Milliseconds. */
  deltas: Float64Array;
  bands: readonly BandMark[];
  scale: DeltaScale;
  width: number;
  title?: string;
}

/** How the times between flows are spread, in bins of equal width or of equal ratio. */
export function DeltaHistogram({ deltas, bands, scale, width, title = 'Histogram of the times between flows' }: Props) {
  const bins = useMemo(
    () => (scale === 'linear' ? linearBins(deltas, binsFor(deltas.length)) : logBins(deltas, BINS_PER_DECADE)),
    [deltas, scale],
  );
  if (bins.length === 0) return null;
  // Half a decade more costs little room; on a linear axis empty multiples would leave the band a third of it.
  const reach = bands
    .filter(({ count }) => scale === 'log' || count > 0)
    .reduce((most, { toMs }) => Math.max(most, toMs), 0);
  return (
    <HistogramChart
      bins={bins}
      axis={AXES[scale]}
      bands={bands.map(({ label, fromMs, toMs }) => ({ label, from: fromMs, to: toMs }))}
      reach={reach}
      formatEdge={scale === 'linear' ? (ms) => formatStep(ms, bins[0].to - bins[0].from) : formatRatio}
      counted="delta"
      title={title}
      width={width}
    />
  );
}
