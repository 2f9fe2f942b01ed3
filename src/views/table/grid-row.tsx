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
  onOpen: (place: number) => void;
}

/** One connection of the table. */
export const GridRow = memo(function GridRow({ id, place, row, columns, context, height, current, open, onOpen }: Props) {
  return (
    <tr
      id={id} aria-rowindex={place + 2} aria-selected={open} className={current ? 'current' : undefined} style={{ height }}
      onClick={() => onOpen(place)}
    >
      {columns.map((column) => {
        const Cell = CELLS[column];
        return <Cell key={column} context={context} row={row} />;
      })}
    </tr>
  );
});
