import type { TimeZone } from '../../state/view.ts';
import { formatCounted } from '../format.ts';
import { strokesPath } from '../shapes.ts';
import { clockTicks } from '../ticks.ts';
import { dateDetailOf, exactTime, formatTime, zoneName } from '../timestamps.ts';

const STRIP = 28;
const AXIS = 18;
/** A label needs about this many pixels. */
const LABEL_WIDTH = { time: 70, day: 104, year: 136 } as const;

interface Props {
  starts: Float64Array;
  /** Span of the capture, milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  timeZone: TimeZone;
  width: number;
}

/** The whole capture as a strip, one stroke where a flow began. */
export function Timeline({ starts, fromMs, toMs, timeZone, width }: Props) {
  if (width === 0 || starts.length === 0) return null;
  const dates = dateDetailOf(fromMs, toMs, timeZone);
  const scale = toMs > fromMs ? (width - 1) / (toMs - fromMs) : 0;
  const ticks = toMs > fromMs ? clockTicks(fromMs, toMs, timeZone, Math.max(1, Math.floor(width / LABEL_WIDTH[dates]) - 1)) : [];
  const label = `${formatCounted(starts.length, 'flow')}, the first at ${exactTime(starts[0], timeZone)}, the last at ${exactTime(starts[starts.length - 1], timeZone)}`;
  return (
    <svg className="timeline" width={width} height={STRIP + AXIS} role="img" aria-label={label}>
      <title>{label}</title>
      <rect className="strip" x={0.5} y={0.5} width={width - 1} height={STRIP - 1} />
      <path className="strokes" d={strokesPath(starts, fromMs, toMs, width, STRIP)} />
      <path className="marks" d={ticks.map((tick) => `M${Math.round((tick - fromMs) * scale) + 0.5} ${STRIP}v4`).join('')} />
      {ticks.map((tick) => {
        const x = (tick - fromMs) * scale;
        return <text key={tick} x={x} y={STRIP + 15} textAnchor={anchorAt(x, width)}>{formatTime(tick, timeZone, dates)}</text>;
      })}
      {ticks.length === 0 && <text x={0} y={STRIP + 15}>{exactTime(fromMs, timeZone)}</text>}
      <desc>Times are {zoneName(timeZone)}.</desc>
    </svg>
  );
}

/** Labels at the ends stay inside the strip. */
function anchorAt(x: number, width: number): 'start' | 'middle' | 'end' {
  if (x < 40) return 'start';
  return x > width - 40 ? 'end' : 'middle';
}
