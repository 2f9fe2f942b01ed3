import type { Column, Sort } from '../../state/view.ts';
import { useLook } from '../context.ts';
import { COLUMN_DESCRIPTIONS } from './columns.ts';
import { DELTA_MARKS, SHAPE_WIDTH } from './delta-axis.ts';
import buttonStyles from '../controls/button.module.css';
import styles from './grid.module.css';

/** The headings: one button a column, which sorts by it and says on hover and focus what it is. */
export function GridHead({ columns }: { columns: readonly Column[] }) {
  const {
    view: { sort },
    dispatch,
  } = useLook();
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <th
            key={column}
            scope="col"
            aria-sort={directionOf(sort, column)}
            className={COLUMN_DESCRIPTIONS[column].number ? styles.numeric : undefined}
          >
            <button
              type="button"
              className={buttonStyles.heading}
              title={COLUMN_DESCRIPTIONS[column].meaning}
              data-meaning={COLUMN_DESCRIPTIONS[column].meaning}
              onClick={() => dispatch({ type: 'sorted', column })}
            >
              {COLUMN_DESCRIPTIONS[column].label}
              <span className={styles.arrow} aria-hidden="true">
                {sort.column === column ? (sort.descending ? '↓' : '↑') : ''}
              </span>
            </button>
            {column === 'deltas' && <DeltaMarks />}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function DeltaMarks() {
  return (
    <svg className={styles.deltaMarks} width={SHAPE_WIDTH} height={12} aria-hidden="true">
      {DELTA_MARKS.map(({ label, x }) => (
        <text key={label} x={x + 2} y={10}>
          {label}
        </text>
      ))}
      <path d={DELTA_MARKS.map(({ x }) => `M${Math.round(x) + 0.5} 2v10`).join('')} />
    </svg>
  );
}

function directionOf(sort: Sort, column: Column): 'ascending' | 'descending' | undefined {
  if (sort.column !== column) return undefined;
  return sort.descending ? 'descending' : 'ascending';
}
