import { HOST_NAME, NUMBER_FIELDS, OWN_FIELDS, REPEATED, TEXT_FIELDS, THROUGH } from './flow-columns.ts';
import { quoted } from './names.ts';

/** Which tables there are, and where. */
export interface Schema {
  database: string;
  /** Name of a cluster as ClickHouse's configuration has it; null for one server. */
  cluster: string | null;
  /** Days after which flows go; null to keep them. */
  days: number | null;
}

/** A table: its columns, how it lies on the disk, and what it is spread over a cluster by. */
interface Table {
  name: string;
  columns: string;
  order: string;
  more: string;
  shardBy: string;
}

/** Inserts that ClickHouse remembers, so that a block that comes again is put in once. */
const REMEMBERED_BLOCKS = 100_000;

/** Quoted name of a table: on a cluster the one that stands for those of all its servers. */
export function tableName(database: string, name: string): string {
  return `${quoted(database)}.${quoted(name)}`;
}

/**
 * The statements that make what is not there yet. On a cluster every table is made on every server (`name_local`),
 * replicated within its shard, and a Distributed table of its plain name stands for all of them. Flows are spread by
 * their source, so that all of a host lies on one server.
 */
export function creation({ database, cluster, days }: Schema): string[] {
  const on = cluster === null ? '' : ` ON CLUSTER ${quoted(cluster)}`;
  const statements = [`CREATE DATABASE IF NOT EXISTS ${quoted(database)}${on}`];
  for (const { name, columns, order, more, shardBy } of tables(days)) {
    const local = cluster === null ? name : `${name}_local`;
    const engine =
      cluster === null
        ? 'MergeTree'
        : `ReplicatedMergeTree('/clickhouse/tables/{shard}/${keeperName(database)}/${local}', '{replica}')`;
    const window = cluster === null ? 'non_replicated_deduplication_window' : 'replicated_deduplication_window';
    statements.push(
      `CREATE TABLE IF NOT EXISTS ${tableName(database, local)}${on} (${columns}) ENGINE = ${engine} ` +
        `${more} ORDER BY (${order}) SETTINGS ${window} = ${REMEMBERED_BLOCKS}`.trim(),
    );
    if (cluster !== null) {
      statements.push(
        `CREATE TABLE IF NOT EXISTS ${tableName(database, name)}${on} AS ${tableName(database, local)} ` +
          `ENGINE = Distributed(${quoted(cluster)}, ${quoted(database)}, ${quoted(local)}, ${shardBy})`,
      );
    }
  }
  return statements;
}

/** The statement that sets after how many days flows go, also where the tables are there already. */
export function retention({ database, cluster }: Pick<Schema, 'database' | 'cluster'>, days: number): string {
  const on = cluster === null ? '' : ` ON CLUSTER ${quoted(cluster)}`;
  return `ALTER TABLE ${tableName(database, cluster === null ? 'flows' : 'flows_local')}${on} MODIFY TTL ${ttlOf(days)}`;
}

/** The statement that takes the flows of a file out, by its number `file`. */
export function removal({ database, cluster }: Pick<Schema, 'database' | 'cluster'>): string {
  const on = cluster === null ? '' : ` ON CLUSTER ${quoted(cluster)}`;
  return `DELETE FROM ${tableName(database, cluster === null ? 'flows' : 'flows_local')}${on} WHERE file = {file:UInt64}`;
}

/** What a row of flows is made of, with ClickHouse's types. */
export function flowColumnTypes(): { name: string; type: string }[] {
  return [
    ...OWN_FIELDS,
    ...NUMBER_FIELDS.map(({ name, type }) => ({ name, type })),
    ...TEXT_FIELDS.map(({ name }) => ({ name, type: REPEATED.has(name) ? 'LowCardinality(String)' : 'String' })),
    { name: HOST_NAME, type: 'String' },
    { name: THROUGH, type: 'String' },
  ];
}

function tables(days: number | null): Table[] {
  const columns = flowColumnTypes();
  // Stamps of damaged captures may be of any year: they share one part, so that no file makes thousands.
  const month =
    'if(first_seen_ms BETWEEN 946684800000 AND 4102444800000, toYYYYMM(toDateTime(intDiv(first_seen_ms, 1000))), 0)';
  const ttl = days === null ? '' : ` TTL ${ttlOf(days)}`;
  return [
    {
      name: 'flows',
      columns: columns.map(({ name, type }) => `${quoted(name)} ${type}`).join(', '),
      order: 'src_ip, dst_ip, dst_port, file, row',
      more: `PARTITION BY ${month}${ttl}`,
      shardBy: 'cityHash64(src_ip)',
    },
    {
      name: 'files',
      columns:
        "digest String, file UInt64, loader String, state LowCardinality(String), at DateTime64(3, 'UTC'), " +
        'name String, format LowCardinality(String), bytes UInt64, flows UInt64, blocks UInt32, notes String, ' +
        'unobserved UInt16',
      order: 'digest, at',
      more: '',
      shardBy: 'cityHash64(digest)',
    },
    {
      name: 'hunts',
      columns:
        "hunt UInt64, state LowCardinality(String), at DateTime64(3, 'UTC'), question String, connections UInt64, " +
        'findings UInt64',
      order: 'hunt, at',
      more: '',
      shardBy: 'cityHash64(hunt)',
    },
    {
      name: 'hunt_files',
      columns: 'hunt UInt64, file UInt64, is_new UInt8',
      order: 'hunt, file',
      more: '',
      shardBy: 'cityHash64(hunt)',
    },
    {
      name: 'parts',
      columns: "hunt UInt64, part UInt32, content String CODEC(ZSTD(1)), at DateTime64(3, 'UTC') DEFAULT now64(3)",
      order: 'hunt, part',
      more: 'TTL toDateTime(at) + INTERVAL 7 DAY',
      shardBy: 'cityHash64(hunt, part)',
    },
    {
      name: 'prevalence',
      columns: 'hunt UInt64, kind LowCardinality(String), value String, hosts UInt32, at DateTime DEFAULT now()',
      order: 'hunt, kind, value',
      more: 'TTL at + INTERVAL 7 DAY',
      shardBy: 'cityHash64(value)',
    },
    {
      name: 'findings',
      columns:
        'src_ip String, dst_ip String, dst_port UInt16, name String, hunt UInt64, ' +
        "at DateTime64(3, 'UTC') DEFAULT now64(3), points Int8, badge LowCardinality(String), reasons String, " +
        'score Float64, strength Float64, interval_s Float64, jitter Float64, ' +
        ' flows UInt64, bytes_sent UInt64, bytes_received UInt64, first_seen_ms UInt64, last_seen_ms UInt64',
      order: 'src_ip, dst_ip, dst_port, hunt',
      more: '',
      shardBy: 'cityHash64(src_ip)',
    },
    {
      name: 'verdicts',
      columns:
        'src_ip String, dst_ip String, dst_port UInt16, verdict LowCardinality(String), note String, analyst String, ' +
        "at DateTime64(3, 'UTC')",
      order: 'src_ip, dst_ip, dst_port, at',
      more: '',
      shardBy: 'cityHash64(src_ip)',
    },
    {
      name: 'locals',
      columns: 'file UInt64, address String, said_local UInt32, said_remote UInt32',
      order: 'address, file',
      more: '',
      shardBy: 'cityHash64(address)',
    },
  ];
}

/** When a flow goes. */
function ttlOf(days: number): string {
  return `toDateTime(intDiv(first_seen_ms, 1000)) + INTERVAL ${Math.trunc(days)} DAY`;
}

/** A database's name as it may stand in a path of the cluster's keeper. */
function keeperName(database: string): string {
  return encodeURIComponent(database).replaceAll("'", '%27');
}
