import type { SessionStrip as Session } from '../../analysis/sessions/strip.ts';
import { useTimeZone } from '../context.ts';
import { formatCounted } from '../text/format.ts';
import { zoneName } from '../text/timestamps.ts';
import { messagesPath } from './message-strokes.ts';
import { AXIS_HEIGHT, TimeAxis } from './time-axis.tsx';
import styles from './charts.module.css';

const SIDE = 28;
const MIDDLE = SIDE + 1;
const STRIP = 2 * SIDE + 2;

interface Props {
  session: Session;
  width: number;
}

/**
 * One session message by message: the client's stand up from the line, the server's hang down, as long as they are
 * large.
 */
export function SessionStrip({ session, width }: Props) {
  const timeZone = useTimeZone();
  if (width === 0) return null;
  const { startMs: fromMs, endMs: toMs, sides, length } = session;
  const fromServer = sides.reduce((sum, side) => sum + side, 0);
  const label =
    `The session: ${formatCounted(length - fromServer, 'message')} of the client above the line, ` +
    `${formatCounted(fromServer, 'message')} of the server below it`;
  const span = { from: fromMs, to: toMs, width };
  return (
    <>
      <svg className={styles.timeline} width={width} height={STRIP + AXIS_HEIGHT} role="img" aria-label={label}>
        <title>{label}</title>
        <rect className={styles.strip} x={0.5} y={0.5} width={width - 1} height={STRIP - 1} />
        <path className={styles.strokes} d={messagesPath(session, 0, span, MIDDLE, -SIDE)} />
        <path className={styles.extra} d={messagesPath(session, 1, span, MIDDLE, SIDE)} />
        <path className={styles.marks} d={`M0 ${MIDDLE}H${width}`} />
        <TimeAxis fromMs={fromMs} toMs={toMs} width={width} top={STRIP} />
        <desc>Times are {zoneName(timeZone)}.</desc>
      </svg>
      <ul className={styles.legend} aria-hidden="true">
        <li>above: {formatCounted(length - fromServer, 'message')} of the client</li>
        <li>below: {formatCounted(fromServer, 'message')} of the server</li>
        <li>length: bytes, on a logarithmic scale up to 64 kB</li>
      </ul>
    </>
  );
}
