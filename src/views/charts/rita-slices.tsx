import { useTimeZone } from '../context.ts';
import { formatCount, formatCounted } from '../text/format.ts';
import { exactTime } from '../text/timestamps.ts';
import { AXIS_HEIGHT, TimeAxis } from './time-axis.tsx';
import styles from './charts.module.css';

const HEIGHT = 64;
const GAP = 2;
const LABEL_FROM = 18;

interface Props {
  slices: readonly number[];
  /** The stretch that is sliced, milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  width: number;
}

/** Flows in each of the equal slices of the capture, each with its number. */
export function RitaSlices({ slices, fromMs, toMs, width }: Props) {
  const timeZone = useTimeZone();
  if (width === 0) return null;
  const most = Math.max(...slices, 1);
  const used = slices.filter((count) => count > 0).length;
  const step = (width - 1) / slices.length;
  const sliceMs = (toMs - fromMs) / slices.length;
  const room = HEIGHT - LABEL_FROM;
  const label =
    `${formatCounted(slices.length, 'equal slice')} of the capture, ${formatCount(used)} in use, at most ` +
    `${formatCounted(most, 'flow')} in one`;
  return (
    <svg className={styles.timeline} width={width} height={HEIGHT + AXIS_HEIGHT} role="img" aria-label={label}>
      {[...slices.entries()].map(([at, count]) => {
        const height = count === 0 ? 0 : Math.max(1, Math.round((count / most) * room));
        const x = at * step;
        return (
          <g key={at}>
            <title>{`${formatCounted(count, 'flow')} from ${exactTime(fromMs + at * sliceMs, timeZone)}`}</title>
            <rect className={styles.sliceRoom} x={x} y={0} width={step} height={HEIGHT} />
            <rect
              className={styles.slice}
              data-slice
              x={x + GAP / 2}
              y={HEIGHT - height}
              width={Math.max(1, step - GAP)}
              height={height}
            />
            {width > 400 && count > 0 && (
              <text x={x + step / 2} y={HEIGHT - height - 4} textAnchor="middle">
                {formatCount(count)}
              </text>
            )}
          </g>
        );
      })}
      <path className={styles.marks} d={`M0 ${HEIGHT - 0.5}H${width}`} />
      <TimeAxis fromMs={fromMs} toMs={toMs} width={width} top={HEIGHT} />
    </svg>
  );
}
