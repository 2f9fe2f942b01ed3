import { memo, type ComponentType } from 'react';
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
  kind: RowKind;
  onOpen: (place: number) => void;
}

/** One connection of the table. */
export const GridRow = memo(function GridRow({ id, place, row, columns, height, current, open, kind, onOpen }: Props) {
  return (
    <tr
      id={id}
      aria-rowindex={place + 2}
      aria-selected={open}
      className={`${KINDS[kind]} ${current ? styles.current : ''}`}
      data-kind={kind}
      style={{ height }}
      onClick={() => onOpen(place)}
    >
      {columns.map((column) => {
        const Cell = CELLS[column];
        return <Cell key={column} row={row} current={current} />;
      })}
    </tr>
  );
});

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
