import { plainDuration } from '../analysis/durations.ts';
import { linearBins } from '../analysis/connections/histogram.ts';
import type { ConnectionDetail } from '../analysis/connections/connection-detail.ts';
import { histogramSvg, timelineSvg } from './charts.ts';
import { timeText } from './value-text.ts';

/** More bars than about twice the root of the number of values show chance, not shape. */
const binsFor = (values: number): number => Math.min(120, Math.max(12, Math.ceil(2 * Math.sqrt(values))));

/** One chart of a connection: a short name for files, what it shows, and the SVG itself. */
export interface ConnectionChart {
  name: 'deltas' | 'times' | 'sizes';
  title: string;
  svg: string;
}

/** The charts of a connection: times between flow starts, when flows started, bytes sent by each. */
export function connectionCharts(detail: ConnectionDetail): ConnectionChart[] {
  const { startMs, bytesSent, captureFirstMs, captureLastMs } = detail;
  const deltas = startMs.slice(1).map((ms, index) => ms - startMs[index]);
  const charts: ConnectionChart[] = [];
  if (deltas.length > 0) {
    const title = 'Times between flows';
    charts.push({
      name: 'deltas',
      title,
      svg: histogramSvg(linearBins(deltas, binsFor(deltas.length)), title, plainDuration),
    });
  }
  const when = 'Starts of flows';
  charts.push({ name: 'times', title: when, svg: timelineSvg(startMs, captureFirstMs, captureLastMs, when, timeText) });
  const sizes = 'Bytes sent by flow';
  charts.push({
    name: 'sizes',
    title: sizes,
    svg: histogramSvg(linearBins(bytesSent, binsFor(bytesSent.length)), sizes, String),
  });
  return charts;
}
