import { useMemo, useState } from 'react';
import { linearBins, logBins } from '../../analysis/connections/histogram.ts';
import { Choice } from '../choice.tsx';
import { formatRatio, formatStep } from '../durations.ts';
import { durationTicks, logDurationTicks } from '../ticks.ts';
import { HistogramChart } from './histogram-chart.tsx';
import type { Axis } from './histogram-chart.tsx';

const SCALES = ['linear', 'log'] as const;
type Scale = (typeof SCALES)[number];
const LABELS = { linear: 'linear bins', log: 'log bins' } as const;

/** More bars than about twice the root of the number of values show chance, not shape. */
const binsFor = (values: number): number => Math.min(120, Math.max(12, Math.ceil(2 * Math.sqrt(values))));
const BINS_PER_DECADE = 20;
const MOST_TICKS = 7;

const AXES: Readonly<Record<Scale, Axis>> = {
  linear: { place: (ms) => ms, valueAt: (ms) => ms, ticks: (from, to) => durationTicks(from, to, MOST_TICKS) },
  log: { place: Math.log10, valueAt: (power) => 10 ** power, ticks: logDurationTicks },
};

/** How the times between flows are spread, in bins of equal width or of equal ratio. */
export function DeltaHistogram({ deltas, width }: { deltas: Float64Array; width: number }) {
  const [scale, setScale] = useState<Scale>('linear');
  const bins = useMemo(
    () => (scale === 'linear' ? linearBins(deltas, binsFor(deltas.length)) : logBins(deltas, BINS_PER_DECADE)),
    [deltas, scale],
  );
  if (bins.length === 0) return null;
  return (
    <section>
      <div className="section-head">
        <h3>Time between flows</h3>
        <Choice legend="Bins" options={SCALES} labels={LABELS} value={scale} onChange={setScale} />
      </div>
      <HistogramChart
        bins={bins} axis={AXES[scale]}
        formatEdge={scale === 'linear' ? (ms) => formatStep(ms, bins[0].to - bins[0].from) : formatRatio} counted="delta" title="Histogram of the times between flows" width={width}
      />
    </section>
  );
}
