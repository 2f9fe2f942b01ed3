import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { sortedBy } from '../../state/list-rows.ts';
import { formatCount } from '../text/format.ts';
import textStyles from '../text/text.module.css';
import buttonStyles from './button.module.css';
import { ChooseAll, ChooseRow, type NamedChoosing, useToggle } from './choose-boxes.tsx';
import styles from './list-table.module.css';

/** So many rows are added at a time: a list can hold thousands. */
const STEP = 200;

/** Widths of a list, in pixels, below which some of its columns are left out, and it says so. */
const FROM = {
  560: { column: styles.from560, note: styles.cut560 },
  860: { column: styles.from860, note: styles.cut860 },
  1200: { column: styles.from1200, note: styles.cut1200 },
  1400: { column: styles.from1400, note: styles.cut1400 },
  1600: { column: styles.from1600, note: styles.cut1600 },
} as const;
type Width = keyof typeof FROM;

/** A column of a list: its heading, what it says, and what stands in a row. */
export interface ListColumn {
  label: string;
  meaning: string;
  number?: boolean;
  /** Text that runs over several lines; and what does so only where there is little room. */
  prose?: boolean;
  words?: boolean;
  /** How wide a list has to be to show it; what a row opens tells it, too. */
  from?: Width | undefined;
  cell: (row: number) => ReactNode;
  /** What the list is sorted by: a number, NaN for none, or a text. */
  key: (row: number) => number | string;
  /** The exact value, on hover. */
  exact?: (row: number) => string;
}

interface Props {
  label: string;
  columns: readonly ListColumn[];
  rows: readonly number[];
  /** How many rows there are without a filter, and what is said where there are none. */
  total: number;
  empty: string;
  /** Opens a row; null for one that cannot be opened. */
  opener?: (row: number) => (() => void) | null;
  isOpen?: (row: number) => boolean;
  /** For a list of which several rows can be chosen together. */
  choosing?: NamedChoosing;
}

/**
 * A list, first in the order that it has; a heading sorts by its column, the first column opens a row, and boxes before it
 * choose several.
 */
export function ListTable({ label, columns, rows, total, empty, opener, isOpen, choosing }: Props) {
  const [limit, setLimit] = useState(STEP);
  const [sort, setSort] = useState<{ label: string; descending: boolean } | null>(null);
  const ordered = useMemo(() => {
    const column = columns.find((one) => one.label === sort?.label);
    return sort === null || column === undefined ? rows : sortedBy(rows, column.key, sort.descending);
  }, [rows, columns, sort]);
  const chosen = useMemo(() => new Set(choosing?.keys), [choosing?.keys]);
  const toggle = useToggle(ordered, choosing);
  const widest = columns
    .flatMap(({ from }) => from ?? [])
    .toSorted((a, b) => b - a)
    .at(0);
  if (rows.length === 0) {
    return (
      <p className={`${styles.listEmpty} ${textStyles.quiet}`}>{total === 0 ? empty : 'No row meets the filter.'}</p>
    );
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
    <div className={styles.listScroller} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.listTable} aria-label={label}>
        <thead>
          <tr>
            {choosing !== undefined && <ChooseAll rows={ordered} choosing={choosing} />}
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                className={classOf(column)}
                aria-sort={sort?.label === column.label ? (sort.descending ? 'descending' : 'ascending') : undefined}
              >
                <button
                  type="button"
                  className={buttonStyles.heading}
                  title={column.meaning}
                  onClick={() => setSort(sortAfter(sort, column))}
                >
                  {column.label}
                  <span aria-hidden="true">{sort?.label === column.label ? (sort.descending ? ' ↓' : ' ↑') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, limit).map((row, place) => {
            const open = opener?.(row) ?? null;
            const isChosen = choosing !== undefined && chosen.has(choosing.keyOf(row));
            return (
              <tr key={row} className={isChosen || isOpen?.(row) === true ? styles.chosen : undefined}>
                {choosing !== undefined && (
                  <ChooseRow name={choosing.nameOf(row)} place={place} isChosen={isChosen} onToggle={toggle} />
                )}
                {columns.map((column, at) => (
                  <td key={column.label} className={classOf(column)} title={column.exact?.(row)}>
                    {at === 0 && open !== null ? (
                      <button type="button" className={buttonStyles.link} onClick={open}>
                        {column.cell(row)}
                      </button>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > limit && (
        <p className={styles.listMore}>
          {formatCount(limit)} of {formatCount(rows.length)} shown.{' '}
          <button type="button" onClick={() => setLimit(limit + STEP)}>
            Show {formatCount(Math.min(STEP, rows.length - limit))} more
          </button>
        </p>
      )}
      {widest !== undefined && (
        <p className={`${textStyles.note} ${styles.listCut} ${FROM[widest].note}`}>
          There is no room for all columns here: widen the window, or open a row.
        </p>
      )}
      <details className={styles.listMeanings}>
        <summary>What the columns say</summary>
        <dl>
          {columns.map((column) => (
            <div key={column.label}>
              <dt>{column.label}</dt>
              <dd>{column.meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

/** The order after a click on a heading: numbers begin with the largest, texts with a; a second click turns it round. */
function sortAfter(sort: { label: string; descending: boolean } | null, { label, number = false }: ListColumn) {
  return { label, descending: sort?.label === label ? !sort.descending : number };
}

function classOf({ number = false, prose = false, words = false, from }: ListColumn): string {
  const kind = number ? styles.numeric : prose ? styles.prose : words ? styles.words : '';
  return from === undefined ? kind : `${kind} ${FROM[from].column}`;
}
