import { formatDuration } from '../../analysis/durations.ts';
import type { Report } from '../../analysis/report/report.ts';
import { skylinePath } from '../charts/shapes.ts';
import { formatCount } from '../text/format.ts';
import styles from './headline.module.css';

const HEIGHT = 24;

/** The packets of the whole span in equal slices, one line high. */
export function PacketsOverTime({ report }: { report: Report }) {
  const counts = report.packetsOverTime;
  if (counts.length === 0) return null;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const title =
    `Packets over time: ${formatCount(counts.length)} slices of ${formatDuration(report.sliceMs)}, at most ` +
    `${formatCount(most)} packets in one`;
  return (
    <svg
      className={styles.packetsOverTime}
      viewBox={`0 0 ${counts.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={title}
    >
      <title>{title}</title>
      <path d={skylinePath(counts, 0, counts.length, 1, HEIGHT)} />
    </svg>
  );
}
