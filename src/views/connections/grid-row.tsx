import { memo, type ComponentType, type MouseEvent } from 'react';
import type { Column } from '../../state/view.ts';
import { DestinationCell, SourceCell } from './cells/address-cells.tsx';
import { DeltasCell } from './cells/deltas-cell.tsx';
import { BytesCell, FlowsCell, PortCell } from './cells/number-cells.tsx';
import { RhythmCell } from './cells/rhythm-cell.tsx';
import { ScoreCell } from './cells/score-cell.tsx';
import { SeenCell } from './cells/seen-cell.tsx';
import type { CellProps } from './row-context.ts';
import styles from './grid.module.css';

/** What a row is besides a connection of its own. */
export type RowKind = '' | 'twin' | 'first-aside' | 'aside';

const KINDS: Readonly<Record<RowKind, string>> = {
  '': '',
  twin: styles.twin,
  'first-aside': styles.firstAside,
  aside: styles.aside,
};

interface Props {
  id: string;
  /** Place of the row in the shown order, from 0. */
  place: number;
  row: number;
  columns: readonly Column[];
  height: number;
  current: boolean;
  open: boolean;
  /** Whether it is chosen with others, or open where none is. */
  selected: boolean;
  kind: RowKind;
  onPress: (place: number, event: MouseEvent) => void;
}

/** One connection of the table. */
export const GridRow = memo(function GridRow({
  id,
  place,
  row,
  columns,
  height,
  current,
  open,
  selected,
  kind,
  onPress,
}: Props) {
  return (
    <tr
      id={id}
      aria-rowindex={place + 2}
      aria-selected={selected}
      data-open={open || undefined}
      className={`${KINDS[kind]} ${current ? styles.current : ''}`}
      data-kind={kind}
      style={{ height }}
      onClick={(event) => onPress(place, event)}
      onMouseDown={keepText}
    >
      {columns.map((column) => {
        const Cell = CELLS[column];
        return <Cell key={column} row={row} current={current} />;
      })}
    </tr>
  );
});

/** Choosing rows with Shift chooses none of their text. */
function keepText(event: MouseEvent): void {
  if (event.shiftKey) event.preventDefault();
}

/** What stands in each column. */
const CELLS: Readonly<Record<Column, ComponentType<CellProps>>> = {
  score: ScoreCell,
  rhythm: RhythmCell,
  deltas: DeltasCell,
  source: SourceCell,
  destination: DestinationCell,
  port: PortCell,
  flows: FlowsCell,
  bytes: BytesCell,
  seen: SeenCell,
};
