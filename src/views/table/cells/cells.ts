import type { ComponentType } from 'react';
import type { Column } from '../../../state/view.ts';
import type { CellProps } from '../row-context.ts';
import { BytesCell } from './bytes-cell.tsx';
import { DeltasCell } from './deltas-cell.tsx';
import { DestinationCell } from './destination-cell.tsx';
import { FlowsCell } from './flows-cell.tsx';
import { PortCell } from './port-cell.tsx';
import { RhythmCell } from './rhythm-cell.tsx';
import { ScoreCell } from './score-cell.tsx';
import { SeenCell } from './seen-cell.tsx';
import { SourceCell } from './source-cell.tsx';

/** What stands in each column. */
export const CELLS: Readonly<Record<Column, ComponentType<CellProps>>> = {
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
