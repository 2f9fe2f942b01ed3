import type { Target } from '../../engine/open.ts';
import type { LoadFile } from '../sets.ts';
import { type EngineSource, filesRelation, type Relation, tableRelation } from './relation.ts';
import { ritaSets } from './rita.ts';
import { rowsSource } from './rows.ts';
import { type Mapping, type Shape, shapeOf } from './shapes.ts';
import { filesOf, hourCell, hoursOf, type Unit } from './units.ts';

/**
 * What a source holds, in units that are loaded like files: each comes in once, and is taken up again where it was left.
 * Throws an `EngineError`.
 *
 * @param from where the source is, which may be another engine than the one that is loaded into
 */
export async function engineSets(from: Target, source: EngineSource, mapping: Mapping): Promise<LoadFile[][]> {
  if (source.kind === 'rita') return ritaSets(from, source.database);
  const relation =
    source.kind === 'table'
      ? await tableRelation(from, source.database, source.table)
      : await filesRelation(from, source);
  const shape = shapeOf(relation.columns, mapping);
  const units =
    source.kind === 'table'
      ? await hoursOf(from, `${source.database}.${source.table}`, relation, shape)
      : await filesOf(from, relation);
  return units.map((unit) => [loadFileOf(from, relation, shape, unit)]);
}

function loadFileOf(from: Target, relation: Relation, shape: Shape, { name, digest, rows, by }: Unit): LoadFile {
  const where =
    typeof by === 'number'
      ? { text: `${hourCell(shape.microseconds)} = {hour:Int64}`, bound: { hour: by } }
      : { text: '_path = {path:String}', bound: { path: by } };
  return {
    source: rowsSource(from.engine, name, { relation, shape, where, rows }),
    // Rows that refer to each other are read as a whole.
    log: shape.id === null ? { kind: shape.kind, rows: 'lines' } : null,
    hasFlows: true,
    digest,
  };
}
