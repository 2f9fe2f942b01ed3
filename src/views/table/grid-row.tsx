import { memo } from 'react';
import type { Column } from '../../state/view.ts';
import { CELLS } from './cells/cells.ts';
import type { RowContext } from './row-context.ts';

interface Props {
  id: string;
  /** Place of the row in the shown order, from 0. */
  place: number;
  row: number;
  columns: readonly Column[];
  context: RowContext;
  height: number;
  current: boolean;
  open: boolean;
  /** What the row is besides a connection of its own. */
  kind: '' | 'twin' | 'first-aside' | 'aside';
  onOpen: (place: number) => void;
}

/** One connection of the table. */
export const GridRow = memo(function GridRow({
  id,
  place,
  row,
  columns,
  context,
  height,
  current,
  open,
  kind,
  onOpen,
}: Props) {
  return (
    <tr
      id={id}
      aria-rowindex={place + 2}
      aria-selected={open}
      className={`${kind}${current ? ' current' : ''}`.trim() || undefined}
      style={{ height }}
      onClick={() => onOpen(place)}
    >
      {columns.map((column) => {
        const Cell = CELLS[column];
        return <Cell key={column} context={context} row={row} current={current} />;
      })}
    </tr>
  );
});
