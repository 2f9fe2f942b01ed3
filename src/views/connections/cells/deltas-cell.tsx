import { rowBinEdges } from '../../../analysis/connections/histogram.ts';
import { ROW_BINS } from '../../../analysis/connections/schema.ts';
import { formatDuration } from '../../../analysis/durations.ts';
import { WEAK_RHYTHM } from '../../../analysis/scores/rhythm-levels.ts';
import { skylinePath } from '../../charts/shapes.ts';
import { exactDuration } from '../../text/format.ts';
import { BIN_WIDTH, DELTA_MARKS, SHAPE_HEIGHT, SHAPE_WIDTH } from '../delta-axis.ts';
import { useTable, type CellProps } from '../row-context.ts';
import styles from './cells.module.css';

const EDGES = rowBinEdges();
const MARKS_PATH = DELTA_MARKS.slice(1)
  .map(({ x }) => `M${Math.round(x) + 0.5} 0v${SHAPE_HEIGHT}`)
  .join('');

/** The row's delta histogram as one small shape, with the interval of its rhythm marked under it. */
export function DeltasCell({ row }: CellProps) {
  const { report } = useTable();
  const { deltaHistogram, rhythm, medianDeltaMs } = report.connections;
  const from = row * ROW_BINS;
  const band = rhythm.score[row] >= WEAK_RHYTHM ? binsWithin(rhythm.lowS[row] * 1000, rhythm.highS[row] * 1000) : null;
  const median = medianDeltaMs[row];
  const label = `Median time between flows: ${formatDuration(median)} (${exactDuration(median)})`;
  return (
    <td title={label}>
      <svg className={styles.deltaShape} width={SHAPE_WIDTH} height={SHAPE_HEIGHT + 3} role="img" aria-label={label}>
        <path className={styles.deltaGrid} d={MARKS_PATH} />
        <path d={skylinePath(deltaHistogram, from, from + ROW_BINS, BIN_WIDTH, SHAPE_HEIGHT)} />
        {band !== null && (
          <rect
            className={styles.deltaBand}
            x={band.first * BIN_WIDTH}
            y={SHAPE_HEIGHT + 1}
            width={band.count * BIN_WIDTH}
            height={2}
          />
        )}
      </svg>
    </td>
  );
}

/** The bins that hold durations between two, in milliseconds. */
function binsWithin(lowMs: number, highMs: number): { first: number; count: number } | null {
  let first = 0;
  while (first < ROW_BINS - 1 && EDGES[first + 1] <= lowMs) first++;
  let last = first;
  while (last < ROW_BINS - 1 && EDGES[last + 1] <= highMs) last++;
  return Number.isNaN(lowMs) ? null : { first, count: last - first + 1 };
}
