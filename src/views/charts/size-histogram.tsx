import { useMemo } from 'react';
import { linearBins } from '../../analysis/connections/histogram.ts';
import { formatCount } from '../text/format.ts';
import { HistogramChart } from './histogram-chart.tsx';
import type { Axis } from './histogram-chart.tsx';
import { numberTicks } from './ticks.ts';

const MOST_BINS = 60;
const MOST_TICKS = 6;

const AXIS: Axis = {
  place: (bytes) => bytes,
  valueAt: (bytes) => bytes,
  ticks: (from, to) => numberTicks(from, to, MOST_TICKS),
};

interface Props {
  sizes: Float64Array;
  width: number;
  /** What has the sizes, and the chart's title. */
  counted?: string;
  title?: string;
}

/** How sizes are spread: unless said the bytes that the source sent in each flow. */
export function SizeHistogram({
  sizes,
  width,
  counted = 'flow',
  title = 'Histogram of the bytes sent per flow',
}: Props) {
  const bins = useMemo(() => linearBins(sizes, MOST_BINS), [sizes]);
  if (bins.length === 0) return null;
  return (
    <HistogramChart
      bins={bins}
      axis={AXIS}
      formatEdge={(value) => `${formatCount(value)} B`}
      counted={counted}
      title={title}
      width={width}
    />
  );
}
