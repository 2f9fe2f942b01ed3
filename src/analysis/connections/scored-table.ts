import { createColumns } from '../memory/schema.ts';
import { createNotebookColumns, type NotebookColumns } from '../scores/notebook.ts';
import { createRhythmColumns, type RhythmColumns } from '../scores/rhythm-columns.ts';
import { createRitaColumns, type RitaColumns } from '../scores/rita-columns.ts';
import { type ScoreName, SCORES } from '../scores/unscored.ts';
import { createInnerColumns, type InnerColumns } from '../sessions/inner-columns.ts';
import { createJoinedColumns, type JoinedColumns } from '../sessions/joined.ts';
import { CONNECTION_SCHEMA, type ConnectionColumns } from './schema.ts';

/** Connections with their scores: see `CONNECTION_SCHEMA` for the columns, which index the pools of the report. */
export interface ScoredTable extends ConnectionColumns {
  length: number;
  /** The notebook's frame, as it is and corrected; NaN where there is no value. */
  notebook: NotebookColumns;
  corrected: NotebookColumns;
  rita: RitaColumns;
  rhythm: RhythmColumns;
  /**
   * The rhythm inside the best session, and the rhythm that counts: of flow starts, in a session, or of both together.
   */
  inner: InnerColumns;
  joined: JoinedColumns;
  /** Why a score has no value: indexes into `UNSCORED_REASONS`, 0 where it has one. */
  unscored: Record<ScoreName, Uint8Array>;
}

/** A table of `length` connections, all 0 and without scores. */
export function createTable(length: number): ScoredTable {
  return {
    length,
    ...createColumns(CONNECTION_SCHEMA, length),
    notebook: createNotebookColumns(length),
    corrected: createNotebookColumns(length),
    rita: createRitaColumns(length),
    rhythm: createRhythmColumns(length),
    inner: createInnerColumns(length),
    joined: createJoinedColumns(length),
    unscored: Object.fromEntries(SCORES.map((score) => [score, new Uint8Array(length)])) as ScoredTable['unscored'],
  };
}
