import { SEEN_SLICES } from '../../../analysis/connections/schema.ts';
import { skylinePath } from '../../charts/shapes.ts';
import { exactTime } from '../../text/timestamps.ts';
import { useTable, type CellProps } from '../row-context.ts';
import styles from './cells.module.css';

const SLICE_WIDTH = 2;
const HEIGHT = 14;

/** The whole capture as a small strip: when the row's flows began. */
export function SeenCell({ row }: CellProps) {
  const {
    report: { connections },
    timeZone,
  } = useTable();
  const from = row * SEEN_SLICES;
  const width = SEEN_SLICES * SLICE_WIDTH;
  const label =
    `From ${exactTime(connections.firstSeenMs[row], timeZone)} to ` + exactTime(connections.lastSeenMs[row], timeZone);
  return (
    <td title={label}>
      <svg className={styles.seenShape} width={width} height={HEIGHT} role="img" aria-label={label}>
        <path className={styles.seenBase} d={`M0 ${HEIGHT - 0.5}h${width}`} />
        <path d={skylinePath(connections.seen, from, from + SEEN_SLICES, SLICE_WIDTH, HEIGHT)} />
      </svg>
    </td>
  );
}
