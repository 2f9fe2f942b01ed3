import { useTimeZone } from '../context.ts';
import { dateDetailOf, exactTime, formatTime } from '../text/timestamps.ts';
import { clockTicks } from './ticks.ts';
import styles from './charts.module.css';

/** Height of the axis under a strip, CSS pixels. */
export const AXIS_HEIGHT = 18;
/** A label needs about this many pixels. */
const LABEL_WIDTH = { time: 70, day: 104, year: 136 } as const;

/** A letter of a label, with its share of the gap to the next one. */
const LETTER_WIDTH = 7;

/** Where the time of day stands in an exact time, to the millisecond. */
const CLOCK_FROM = 11;
const CLOCK_TO = 23;

interface Props {
  fromMs: number;
  toMs: number;
  /** Width of the drawing and where in it the axis begins, downwards. */
  width: number;
  top: number;
}

/** Clock times under a strip of a span; with no span, the one instant. */
export function TimeAxis({ fromMs, toMs, width, top }: Props) {
  const timeZone = useTimeZone();
  if (!(toMs > fromMs))
    return (
      <text x={0} y={top + 15}>
        {exactTime(fromMs, timeZone)}
      </text>
    );
  const dates = dateDetailOf(fromMs, toMs, timeZone);
  const scale = (width - 1) / (toMs - fromMs);
  const ticks = clockTicks(fromMs, toMs, timeZone, Math.max(1, Math.floor(width / LABEL_WIDTH[dates]) - 1));
  const labels = ticks.map((tick) => formatTime(tick, timeZone, dates));
  // Within one second the same time would be said again and again.
  const isFine = new Set(labels).size < labels.length;
  return (
    <>
      <path
        className={styles.marks}
        d={ticks.map((tick) => `M${Math.round((tick - fromMs) * scale) + 0.5} ${top}v4`).join('')}
      />
      {placedLabels(
        ticks.map((tick) => (tick - fromMs) * scale),
        isFine ? ticks.map((tick) => exactTime(tick, timeZone).slice(CLOCK_FROM, CLOCK_TO)) : labels,
        width,
      ).map(({ x, label, anchor }) => (
        <text key={x} x={x} y={top + 15} textAnchor={anchor}>
          {label}
        </text>
      ))}
      {ticks.length === 0 && (
        <text x={0} y={top + 15}>
          {exactTime(fromMs, timeZone)}
        </text>
      )}
    </>
  );
}

interface PlacedLabel {
  x: number;
  label: string;
  anchor: 'start' | 'middle' | 'end';
}

/** The labels of marks at `xs`, those at the ends inside the strip; one that would lie over the one before is left out. */
export function placedLabels(xs: readonly number[], labels: readonly string[], width: number): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  let free = 0;
  xs.forEach((x, at) => {
    const label = labels[at];
    const length = label.length * LETTER_WIDTH;
    const anchor = x < length / 2 ? 'start' : x > width - length / 2 ? 'end' : 'middle';
    const left = x - { start: 0, middle: length / 2, end: length }[anchor];
    if (left < free) return;
    placed.push({ x, label, anchor });
    free = left + length;
  });
  return placed;
}
