import type { Grouping } from '../../analysis/settings.ts';
import type { Target } from '../engine/open.ts';
import { flowColumnTypes } from '../schema/tables.ts';
import { REPEATED } from '../schema/flow-columns.ts';
import { quoted } from '../schema/names.ts';
import { tableName } from '../schema/tables.ts';
import { EVERY_GROUP, groupColumns, MOST_FLOWS } from './plan.ts';
import type { Condition } from './question.ts';

/** In this order flows are numbered: as they were read, as far as they can be told apart within a connection. */
const ORDERS: Readonly<Record<Grouping, string>> = {
  'src,dst,port': 'src_ip, dst_ip, dst_port, file, row',
  'src,dst': 'src_ip, dst_ip, file, row',
  'src,name': 'src_ip, file, row',
};

/** The flows of some range whose groups are kept, all columns that `flowsOf` reads. */
export function readFlows(
  { engine, database }: Target,
  where: Condition,
  kept: Condition,
  grouping: Grouping,
): Promise<Uint8Array> {
  const table = tableName(database, 'flows');
  const keys = groupColumns(grouping);
  const isKept =
    kept === EVERY_GROUP
      ? ''
      : `AND (${keys}) GLOBAL IN ` +
        `(SELECT ${keys} FROM ${table} WHERE ${where.text} GROUP BY ${keys} HAVING ${kept.text}) `;
  return engine.read(
    `SELECT ${selectedColumns()} FROM ${table} WHERE (${where.text}) ${isKept}` +
      `ORDER BY ${ORDERS[grouping]} LIMIT {most:UInt64} BY ${keys}`,
    { ...where.bound, ...kept.bound, most: MOST_FLOWS },
  );
}

function selectedColumns(): string {
  return flowColumnTypes()
    .map(({ name }) => (REPEATED.has(name) ? `CAST(${quoted(name)}, 'String') AS ${quoted(name)}` : quoted(name)))
    .join(', ');
}
