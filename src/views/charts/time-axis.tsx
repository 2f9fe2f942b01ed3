import { useTimeZone } from '../context.ts';
import { dateDetailOf, exactTime, formatTime } from '../text/timestamps.ts';
import { clockTicks } from './ticks.ts';
import styles from './charts.module.css';

/** Height of the axis under a strip, CSS pixels. */
export const AXIS_HEIGHT = 18;
/** A label needs about this many pixels. */
const LABEL_WIDTH = { time: 70, day: 104, year: 136 } as const;

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
      {ticks.map((tick, at) => {
        const x = (tick - fromMs) * scale;
        return (
          <text key={tick} x={x} y={top + 15} textAnchor={anchorAt(x, width)}>
            {isFine ? exactTime(tick, timeZone).slice(CLOCK_FROM, CLOCK_TO) : labels[at]}
          </text>
        );
      })}
      {ticks.length === 0 && (
        <text x={0} y={top + 15}>
          {exactTime(fromMs, timeZone)}
        </text>
      )}
    </>
  );
}

/** Labels at the ends stay inside the strip. */
function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < 40) return 'start';
  return x > width - 40 ? 'end' : 'middle';
}
