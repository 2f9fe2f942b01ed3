import { EngineError } from '../../engine/engine.ts';
import { recordsOf } from '../../engine/native-read.ts';
import type { Target } from '../../engine/open.ts';
import { tableName } from '../../schema/tables.ts';
import type { LoadFile } from '../sets.ts';
import { addressCell, microsecondsOf, secondsCell, textCell } from './cells.ts';
import { rowsSource } from './rows.ts';
import { type Shape, zeekLog } from './shapes.ts';
import { hourCell, hoursOf, type Unit } from './units.ts';

/** What is read of the tables of RITA v5: Zeek's fields, and the columns that have them. */
const CONN: readonly (readonly [field: string, column: string])[] = [
  ['id.orig_h', 'src'],
  ['id.orig_p', 'src_port'],
  ['id.resp_h', 'dst'],
  ['id.resp_p', 'dst_port'],
  ['proto', 'proto'],
  ['service', 'service'],
  ['duration', 'duration'],
  ['conn_state', 'conn_state'],
  ['orig_bytes', 'src_bytes'],
  ['resp_bytes', 'dst_bytes'],
  ['orig_ip_bytes', 'src_ip_bytes'],
  ['resp_ip_bytes', 'dst_ip_bytes'],
  ['orig_pkts', 'src_packets'],
  ['resp_pkts', 'dst_packets'],
];
const HISTORY = ['history', 'zeek_history'] as const;
const SSL: typeof CONN = [
  ['server_name', 'server_name'],
  ['subject', 'server_subject'],
  ['issuer', 'server_issuer'],
  ['validation_status', 'validation_status'],
  ['ja3', 'ja3'],
  ['ja3s', 'ja3s'],
];
const HTTP: typeof CONN = [
  ['host', 'host'],
  ['method', 'method'],
  ['uri', 'uri'],
  ['version', 'http_version'],
  ['user_agent', 'useragent'],
  ['status_code', 'status_code'],
];
const TIME = microsecondsOf('ts', 'DateTime');
/** Requests through a proxy stand among requests alone: RITA leaves them out of its connections. */
const THROUGH_PROXY = "method = 'CONNECT'";

/**
 * The connections of one of RITA's databases, an hour at a time, with what it knows of their names. Nothing is written
 * to it. Its times are whole seconds. Throws an `EngineError` where the tables are not those of RITA v5.
 */
export async function ritaSets(from: Target, database: string): Promise<LoadFile[][]> {
  await check(from, database);
  const connections = connectionsOf(database);
  const shape = zeekLog('conn', zeekCells([...CONN, HISTORY]), TIME);
  const units = await hoursOf(from, `RITA ${database}`, { text: connections, bound: {} }, shape);
  return units.map((unit) => setOf(from, database, unit, shape));
}

function setOf({ engine }: Target, database: string, unit: Unit, conn: Shape): LoadFile[] {
  const inHour = `${hourCell(TIME)} = {hour:Int64}`;
  const bound = { hour: unit.by };
  const files = [
    { log: 'conn', shape: conn, text: connectionsOf(database), where: inHour, hasFlows: true },
    // A name comes some time after its connection began: it belongs to the hour of that.
    ...(
      [
        ['ssl', SSL],
        ['http', HTTP],
      ] as const
    ).map(([log, fields]) => ({
      log,
      shape: zeekLog(log, zeekCells(fields), TIME),
      text: tableName(database, log),
      where: `zeek_uid IN (SELECT zeek_uid FROM ${connectionsOf(database)} WHERE ${inHour})`,
      hasFlows: false,
    })),
  ];
  return files.map(({ log, shape, text, where, hasFlows }) => ({
    source: rowsSource(engine, hasFlows ? unit.name : `${unit.name} (${log})`, {
      relation: { text, bound: {} },
      shape,
      where: { text: where, bound },
      rows: unit.rows,
    }),
    log: { kind: shape.kind, rows: 'lines' },
    hasFlows,
    digest: unit.digest,
  }));
}

/** All connections: those of the table of connections, each once, and those through proxies. */
function connectionsOf(database: string): string {
  const columns = ['ts', 'zeek_uid', ...CONN.map(([, column]) => column)].join(', ');
  return (
    `(SELECT ${columns}, ${HISTORY[1]} FROM ${tableName(database, 'conn')} WHERE NOT missing_host_header UNION ALL ` +
    `SELECT ${columns}, '' AS ${HISTORY[1]} FROM ${tableName(database, 'http')} WHERE ${THROUGH_PROXY} ` +
    `AND zeek_uid NOT IN (SELECT zeek_uid FROM ${tableName(database, 'conn')}))`
  );
}

/** Cells by Zeek's fields, with the time and the uid that every log has. */
function zeekCells(fields: typeof CONN): (readonly [string, string])[] {
  return [
    ['ts', secondsCell(TIME)],
    ['uid', 'hex(zeek_uid)'],
    ...fields.map(([field, column]) => [field, field.endsWith('_h') ? addressCell(column) : textCell(column)] as const),
  ];
}

/** Whether the tables have the columns that are read. */
async function check({ engine }: Target, database: string): Promise<void> {
  const wanted = {
    conn: ['ts', 'zeek_uid', 'missing_host_header', HISTORY[1], ...CONN.map(([, column]) => column)],
    ssl: ['zeek_uid', ...SSL.map(([, column]) => column)],
    http: ['zeek_uid', ...HTTP.map(([, column]) => column)],
  };
  const answer = await engine.read('SELECT table, name FROM system.columns WHERE database = {database:String}', {
    database,
  });
  const there = new Set(recordsOf(answer).map(({ table, name }) => `${table}.${name}`));
  const missing = Object.entries(wanted)
    .flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`))
    .find((column) => !there.has(column));
  if (missing === undefined) return;
  throw new EngineError(
    `${database} is not a database of RITA v5: it has no column ${missing}; a table of another kind is named table:DB.TABLE`,
  );
}
