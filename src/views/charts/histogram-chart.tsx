import { Bar, BarChart, CartesianGrid, ReferenceArea, Tooltip, XAxis, YAxis } from 'recharts';
import type { BarShapeProps, TooltipContentProps } from 'recharts';
import type { Bin } from '../../analysis/connections/histogram.ts';
import { formatCount, formatCounted } from '../text/format.ts';
import type { Tick } from './ticks.ts';
import styles from './charts.module.css';

const HEIGHT = 150;
const COUNT_AXIS = 44;
const RIGHT = 12;
/** Bands have their names above the bars, which would hide them. */
const ROOM_FOR_LABELS = 18;
/** The axis has room for at least this many bins, so that one bin alone is not drawn as a wall. */
const LEAST_ROOM = 24;

/** A bin with its place on the axis, in the axis' unit, and its edges in pixels. */
interface Placed {
  middle: number;
  count: number;
  left: number;
  width: number;
  counted: string;
  range: string;
  /** Whether it reaches into a marked band. */
  marked: boolean;
}

/** How values lie on the axis: as they are, or by their logarithm. */
export interface Axis {
  place: (value: number) => number;
  valueAt: (place: number) => number;
  /** The marks between two values. */
  ticks: (from: number, to: number) => readonly Tick[];
}

/** A stretch of the axis to mark behind the bars. */
export interface Band {
  label: string;
  from: number;
  to: number;
}

interface Props {
  bins: readonly Bin[];
  axis: Axis;
  bands?: readonly Band[];
  /** The axis goes at least this far. */
  reach?: number;
  formatEdge: (value: number) => string;
  /** "delta", "flow": what is counted. */
  counted: string;
  title: string;
  width: number;
}

const NO_BANDS: readonly Band[] = [];

/** Bars that stand exactly on their bins' edges, on a linear count axis. */
export function HistogramChart({ bins, axis, bands = NO_BANDS, reach = 0, formatEdge, counted, title, width }: Props) {
  if (bins.length === 0 || width === 0) return null;
  const { place } = axis;
  const first = place(bins[0].from);
  const last = place(Math.max(reach, bins[bins.length - 1].to));
  const binWidth = (place(bins[bins.length - 1].to) - first) / bins.length;
  const room = Math.max(0, LEAST_ROOM * binWidth - (last - first));
  // Neither durations nor sizes, nor their logarithms from 1 on, are below 0.
  const from = Math.max(0, first - room / 2);
  const to = last + room - (first - from);
  const scale = (width - COUNT_AXIS - RIGHT) / (to - from);
  const placed = bins.map((bin): Placed => {
    const low = place(bin.from);
    const high = place(bin.to);
    return {
      middle: (low + high) / 2,
      count: bin.count,
      left: COUNT_AXIS + (low - from) * scale,
      width: (high - low) * scale,
      counted: formatCounted(bin.count, counted),
      range: `${formatEdge(bin.from)} to ${formatEdge(bin.to)}`,
      marked: bands.some((band) => bin.from < band.to && bin.to > band.from),
    };
  });
  const labels = new Map(
    axis.ticks(axis.valueAt(from), axis.valueAt(to)).map(({ value, label }) => [place(value), label]),
  );
  const margin = { top: bands.length > 0 ? ROOM_FOR_LABELS : 6, right: RIGHT, bottom: 0, left: 0 };

  return (
    <BarChart width={width} height={HEIGHT} data={placed} margin={margin} title={title} desc={description(placed)}>
      {bands
        .map((band) => ({ label: band.label, x1: Math.max(from, place(band.from)), x2: Math.min(to, place(band.to)) }))
        .filter(({ x1, x2 }) => x2 > x1)
        .map(({ label, x1, x2 }) => (
          <ReferenceArea
            key={label}
            className={styles.band}
            x1={x1}
            x2={x2}
            label={{ value: label, position: 'top' }}
          />
        ))}
      <CartesianGrid vertical={false} />
      <XAxis
        type="number"
        dataKey="middle"
        domain={[from, to]}
        ticks={[...labels.keys()]}
        interval="preserveStart"
        height={22}
        tickFormatter={(tick: number) => labels.get(tick) ?? ''}
      />
      <YAxis width={COUNT_AXIS} allowDecimals={false} tickCount={4} tickFormatter={formatCount} />
      <Tooltip isAnimationActive={false} cursor={false} content={BinTooltip} />
      <Bar dataKey="count" isAnimationActive={false} activeBar={false} shape={BinBar} />
    </BarChart>
  );
}

// Recharts guesses a bar's width from the smallest distance of its points; the edges know it.
function BinBar({ payload, isActive, y, height }: BarShapeProps) {
  const { left, width, marked } = payload as Placed;
  const gap = width > 4 ? 1 : 0;
  return (
    <rect
      data-bin={marked ? 'marked' : 'plain'}
      className={isActive ? styles.binActive : marked ? styles.binMarked : styles.bin}
      x={left}
      y={y}
      width={Math.max(0.5, width - gap)}
      height={height}
    />
  );
}

function BinTooltip({ payload }: TooltipContentProps) {
  const placed = payload[0]?.payload as Placed | undefined;
  if (placed === undefined) return null;
  return (
    <div className={styles.binTooltip}>
      <strong>{placed.counted}</strong>
      <br />
      {placed.range}
    </div>
  );
}

function description(placed: readonly Placed[]): string {
  const fullest = placed.reduce((a, b) => (b.count > a.count ? b : a));
  return `${formatCounted(placed.length, 'bin')}; the fullest holds ${fullest.counted}, ${fullest.range}.`;
}
