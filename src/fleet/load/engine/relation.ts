import type { Bound } from '../../engine/engine.ts';
import { EngineError } from '../../engine/engine.ts';
import { recordsOf } from '../../engine/native-read.ts';
import type { Target } from '../../engine/open.ts';
import { tableName } from '../../schema/tables.ts';

/** Something that an engine can select rows from, as it stands in a statement, with the values that it binds. */
export interface Relation {
  text: string;
  bound: Bound;
  /** Types of its columns by name. */
  columns: ReadonlyMap<string, string>;
}

/** What is loaded by an engine itself, as it is named on the command line. */
export type EngineSource =
  | { kind: 'files'; place: string; read: 'file' | 's3' | 'url' }
  | { kind: 'table'; database: string; table: string }
  | { kind: 'rita'; database: string };

/**
 * What a source on the command line asks an engine for: `parquet:PATTERN`, `s3://...`, `https://...`, `table:DB.TABLE`
 * or `rita:DB`; null for a file or folder of this machine. Throws an `EngineError`.
 */
export function engineSourceIn(text: string): EngineSource | null {
  const [, scheme = '', rest = ''] = /^(parquet|table|rita):(?!\/\/)(.*)$/.exec(text) ?? [];
  if (scheme === 'parquet') return { kind: 'files', place: rest, read: 'file' };
  if (scheme === 'rita') return { kind: 'rita', database: rest };
  if (scheme === 'table') {
    const dot = rest.indexOf('.');
    if (dot < 0) throw new EngineError(`${text}: a table is named table:DATABASE.TABLE`);
    return { kind: 'table', database: rest.slice(0, dot), table: rest.slice(dot + 1) };
  }
  if (/^s3:\/\//i.test(text)) return { kind: 'files', place: text, read: 's3' };
  return /^https?:\/\//i.test(text) ? { kind: 'files', place: text, read: 'url' } : null;
}

/** A table of a database. Throws an `EngineError`, also where it is not there. */
export async function tableRelation({ engine }: Target, database: string, table: string): Promise<Relation> {
  const relation = { text: tableName(database, table), bound: {} };
  return { ...relation, columns: await columnsOf(engine, relation) };
}

/**
 * Parquet files that the engine reads: by a path or pattern in its own file system, on S3, or on a web server. Keys of
 * S3 come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`; without them it is asked as anybody may. Where it is
 * not Amazon's, `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` says where. Throws an `EngineError`.
 */
export async function filesRelation(
  { engine }: Target,
  { place, read }: Extract<EngineSource, { kind: 'files' }>,
): Promise<Relation> {
  const { AWS_ACCESS_KEY_ID: key = '', AWS_SECRET_ACCESS_KEY: secret = '' } = process.env;
  const hasKeys = key !== '' && secret !== '';
  const keys = hasKeys ? '{key:String}, {secret:String}, ' : 'NOSIGN, ';
  const relation = {
    text: `${read}({place:String}, ${read === 's3' ? keys : ''}'Parquet')`,
    bound: { place: read === 's3' ? bucketUrl(place) : place, ...(read === 's3' && hasKeys ? { key, secret } : {}) },
  };
  return { ...relation, columns: await columnsOf(engine, relation) };
}

/** Where `s3://BUCKET/PATTERN` is: on the server that the environment names, under the bucket's name, or else on Amazon's. */
function bucketUrl(place: string): string {
  const { AWS_ENDPOINT_URL_S3: ofS3 = '', AWS_ENDPOINT_URL: ofAll = '' } = process.env;
  const endpoint = ofS3 || ofAll;
  return endpoint === '' ? place : `${endpoint.replace(/\/+$/, '')}/${place.slice('s3://'.length)}`;
}

async function columnsOf(
  engine: Target['engine'],
  { text, bound }: Omit<Relation, 'columns'>,
): Promise<ReadonlyMap<string, string>> {
  const rows = recordsOf(await engine.read(`DESCRIBE TABLE ${text}`, bound));
  return new Map(rows.map(({ name, type }) => [String(name), String(type)]));
}
