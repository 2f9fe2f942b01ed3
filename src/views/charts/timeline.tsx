import { useTimeZone } from '../context.ts';
import { formatCounted } from '../text/format.ts';
import { exactTime, zoneName } from '../text/timestamps.ts';
import { strokesPath } from './shapes.ts';
import { AXIS_HEIGHT, TimeAxis } from './time-axis.tsx';
import styles from './charts.module.css';

const STRIP = 28;

interface Props {
  starts: Float64Array;
  /** Span of the capture, milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  width: number;
}

/** The whole capture as a strip, one stroke where a flow began. */
export function Timeline({ starts, fromMs, toMs, width }: Props) {
  const timeZone = useTimeZone();
  if (width === 0 || starts.length === 0) return null;
  const label =
    `${formatCounted(starts.length, 'flow')}, the first at ${exactTime(starts[0], timeZone)}, the last at ` +
    exactTime(starts[starts.length - 1], timeZone);
  return (
    <svg className={styles.timeline} width={width} height={STRIP + AXIS_HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      <rect className={styles.strip} x={0.5} y={0.5} width={width - 1} height={STRIP - 1} />
      <path className={styles.extra} d={strokesPath(starts, fromMs, toMs, width, STRIP)} />
      <TimeAxis fromMs={fromMs} toMs={toMs} width={width} top={STRIP} />
      <desc>Times are {zoneName(timeZone)}.</desc>
    </svg>
  );
}
