import { createHash } from 'node:crypto';
import { recordsOf } from '../../engine/native-read.ts';
import type { Target } from '../../engine/open.ts';
import type { Relation } from './relation.ts';
import type { Shape } from './shapes.ts';

const HOUR_US = 3_600_000_000;

/** Rows that are loaded as one: a file, or an hour of a table. */
export interface Unit {
  name: string;
  /** What tells that the same rows come again. */
  digest: string;
  rows: number;
  /** What the unit is by: the path of a file, or the hours since 1970. */
  by: string | number;
}

/** Hours since 1970 of a time in microseconds, as an expression; rows without a time are of hour 0. */
export function hourCell(microseconds: string): string {
  return `toInt64(ifNull(intDiv(${microseconds}, ${HOUR_US}), 0))`;
}

/** The hours of a table: which there are, how many rows each has, and a sum over all that they say. */
export async function hoursOf(
  { engine }: Target,
  name: string,
  { text, bound }: Pick<Relation, 'text' | 'bound'>,
  { microseconds, cells }: Shape,
): Promise<Unit[]> {
  const rows = recordsOf(
    await engine.read(
      `SELECT ${hourCell(microseconds)} AS hour, count() AS rows, ` +
        `toString(sum(cityHash64(${cells.join(', ')}))) AS sum FROM ${text} GROUP BY hour ORDER BY hour`,
      bound,
    ),
  );
  return rows.map(({ hour, rows: count, sum }) => {
    const begin = new Date((Number(hour) * HOUR_US) / 1000);
    const unit = `${name}, ${Number.isNaN(begin.getTime()) ? `hour ${hour}` : `${begin.toISOString().slice(0, 13)}h`}`;
    return { name: unit, digest: digestOf(unit, count, sum), rows: Number(count), by: Number(hour) };
  });
}

/** The files that a pattern stands for. Their size and time tell whether they are the same. */
export async function filesOf({ engine }: Target, { text, bound }: Relation): Promise<Unit[]> {
  const rows = recordsOf(
    await engine.read(
      `SELECT CAST(_path, 'String') AS path, count() AS rows, toString(any(ifNull(_size, 0))) AS size, ` +
        `toString(any(ifNull(toUnixTimestamp(_time), 0))) AS time FROM ${text} GROUP BY path ORDER BY path`,
      bound,
    ),
  );
  return rows.map(({ path, rows: count, size, time }) => ({
    name: String(path),
    digest: digestOf(String(path), count, size, time),
    rows: Number(count),
    by: String(path),
  }));
}

function digestOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
