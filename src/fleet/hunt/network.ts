import type { NetworkCounts, NetworkFacts } from '../../analysis/triage/network-facts.ts';
import { OBSERVED } from '../../analysis/flows/observed.ts';
import type { OwnNetwork } from '../../analysis/triage/internal-addresses.ts';
import { readInternal } from '../../analysis/lists/internal-list.ts';
import { EngineError } from '../engine/engine.ts';
import type { Target } from '../engine/open.ts';
import { readNative, recordsOf, textAt } from '../engine/native-read.ts';
import { tableName } from '../schema/tables.ts';
import type { Condition } from './question.ts';
import { writeKind, writeZones, writtenZones, zoneOf, zonesQuery } from './zones.ts';

/** What is true of all flows of a hunt. */
export interface Network extends Omit<NetworkFacts, 'hostsOfAddress' | 'hostsOfName'> {
  /** The public address or network that counts as internal; null for none. */
  taken: OwnNetwork | null;
}

/** Flows of packets of which the beginning is missing. */
const UNDER_WAY = `bitAnd(observed, ${OBSERVED.packets | OBSERVED.begin}) = ${OBSERVED.packets}`;
/** Addresses are looked at in shares of about as many flows: each has room in memory. */
const SHARE_FLOWS = 5_000_000;

/**
 * Counts what a hunt's connections are judged against: the span of its flows, and over all flows of its files the
 * internal hosts, and how many of them go to each destination and name. Who is internal is told by the same code as in
 * memory; its answer goes back into the engine, which counts. Null without flows.
 */
export async function readNetwork(
  target: Target,
  hunt: number,
  { scope, files, inside }: { scope: Condition; files: Condition; inside: string },
): Promise<Network | null> {
  const { engine, database } = target;
  const flows = tableName(database, 'flows');
  const span = await spanOf(target, scope);
  if (span === null) return null;
  const shares = Math.ceil(span.flows / SHARE_FLOWS);
  const taken = await writeZones(target, hunt, { files, inside, shares });
  const told = await writeInside(target, hunt, { files, inside, shares });
  const areInside = (address: string): string =>
    `${address} GLOBAL IN (SELECT value FROM ${tableName(database, 'prevalence')} ` +
    "WHERE hunt = {hunt:UInt64} AND kind IN ('inside', 'inside target'))";
  const pairs = (value: string, host: string, asked: string): string =>
    `SELECT DISTINCT ${value} AS value, ${host} AS host FROM ${flows} ` +
    `WHERE ${files.text} AND ${areInside(host)} AND ${asked}`;
  const counted = {
    // As in memory those that flows under way go to count as going to their sources, too.
    address: `${pairs('dst_ip', 'src_ip', "dst_ip != ''")} UNION DISTINCT ${pairs('src_ip', 'dst_ip', UNDER_WAY)}`,
    name: pairs('requested_server_name', 'src_ip', "requested_server_name != ''"),
  };
  for (const [kind, hosts] of Object.entries(counted)) {
    await engine.run(
      `INSERT INTO ${tableName(database, 'prevalence')} (hunt, kind, value, hosts) ` +
        `SELECT {hunt:UInt64}, {kind:String}, value, count() FROM (${hosts}) GROUP BY value`,
      { ...files.bound, hunt, kind },
    );
  }
  const { flows: _, ...times } = span;
  return { ...times, ...told, taken };
}

/**
 * What a hunt of before counted, as far as it is still written down. Throws an `EngineError` where its flows are gone.
 */
export async function networkOfHunt(target: Target, hunt: number, scope: Condition): Promise<Network> {
  const span = await spanOf(target, scope);
  if (span === null) throw new EngineError('the flows of the last hunt are gone: hunt again');
  const answer = await target.engine.read(
    "SELECT uniqExactIf(value, kind = 'inside') AS hosts, uniqExactIf(value, kind = 'inside target') AS targets, " +
      "countIf(kind = 'outside') AS outside " +
      `FROM ${tableName(target.database, 'prevalence')} WHERE hunt = {hunt:UInt64}`,
    { hunt },
  );
  const [{ hosts, targets, outside }] = recordsOf(answer);
  const { flows: _, ...times } = span;
  const internalAddresses = Number(hosts) + Number(targets);
  return { ...times, hosts: Number(hosts), internalAddresses, staysInternal: Number(outside) === 0, taken: null };
}

/** How many flows there are, and when; null without any. */
async function spanOf(
  { engine, database }: Target,
  scope: Condition,
): Promise<(Pick<Network, 'firstMs' | 'lastMs' | 'lastStartMs'> & { flows: number }) | null> {
  const answer = await engine.read(
    'SELECT count() AS flows, min(first_seen_ms) AS first, max(first_seen_ms) AS last_start, ' +
      `max(first_seen_ms + duration_ms) AS last FROM ${tableName(database, 'flows')} WHERE ${scope.text}`,
    scope.bound,
  );
  const [{ flows, first, last, last_start: lastStart }] = recordsOf(answer);
  if (Number(flows) === 0) return null;
  return { flows: Number(flows), firstMs: Number(first), lastMs: Number(last), lastStartMs: Number(lastStart) };
}

/** Tells which addresses are inside, and writes them down for the hunt: those that are sources, and the others. */
async function writeInside(
  target: Target,
  hunt: number,
  of: { files: Condition; inside: string; shares: number },
): Promise<Pick<Network, 'hosts' | 'internalAddresses' | 'staysInternal'>> {
  const { engine, database } = target;
  const { files, inside, shares } = of;
  const { places } = readInternal(inside);
  const flows = tableName(database, 'flows');
  let hosts = 0;
  let internalAddresses = 0;
  let staysInternal = true;
  for (let share = 0; share < shares; share++) {
    const zones = await writtenZones(target, hunt, share, shares);
    const answer = await engine.read(
      'SELECT address, max(is_source) AS is_source FROM (' +
        `SELECT DISTINCT src_ip AS address, 1 AS is_source FROM ${flows} ` +
        `WHERE ${files.text} AND cityHash64(src_ip) % {shares:UInt32} = {share:UInt32} UNION ALL ` +
        `SELECT DISTINCT dst_ip AS address, 0 AS is_source FROM ${flows} ` +
        `WHERE ${files.text} AND cityHash64(dst_ip) % {shares:UInt32} = {share:UInt32} UNION ALL ` +
        `SELECT DISTINCT through_ip AS address, 0 AS is_source FROM ${flows} ` +
        `WHERE ${files.text} AND through_ip != '' AND cityHash64(through_ip) % {shares:UInt32} = {share:UInt32}) ` +
        'GROUP BY address',
      { ...files.bound, share, shares },
    );
    const [sources, targets]: string[][] = [[], []];
    for (const { rows, numbers, texts } of readNative(answer)) {
      const cells = texts.get('address');
      if (cells === undefined) continue;
      for (let row = 0; row < rows; row++) {
        const address = textAt(cells, row);
        const place = zoneOf(address, places, zones);
        if (place === 'external') staysInternal = false;
        if (place !== 'internal') continue;
        internalAddresses++;
        (numbers.get('is_source')?.[row] === 1 ? sources : targets).push(address);
      }
    }
    hosts += sources.length;
    await writeKind(target, hunt, { kind: 'inside', share }, sources);
    await writeKind(target, hunt, { kind: 'inside target', share }, targets);
  }
  // That a connection leaves the network is written down as one row: that is all that is asked of it.
  if (!staysInternal) await writeKind(target, hunt, { kind: 'outside', share: 0 }, ['']);
  return { hosts, internalAddresses, staysInternal };
}

/** Reads how many internal hosts go to the destinations and names of some flows, and where their addresses lie. */
export function prevalenceQuery(database: string, where: Condition, hunt: number): Condition {
  const flows = tableName(database, 'flows');
  const prevalence = tableName(database, 'prevalence');
  const of = (kind: string, column: string): string =>
    `SELECT '${kind}' AS kind, value, max(hosts) AS hosts FROM ${prevalence} WHERE hunt = {hunt:UInt64} ` +
    `AND kind = '${kind}' AND value GLOBAL IN ` +
    `(SELECT DISTINCT ${column} FROM ${flows} WHERE ${where.text}) GROUP BY value`;
  return {
    text: [of('address', 'dst_ip'), of('name', 'requested_server_name'), zonesQuery(database, where)].join(
      ' UNION ALL ',
    ),
    bound: { ...where.bound, hunt },
  };
}

/** The rows of an answer to `prevalenceQuery` as what the analysis asks. */
export function networkCounts(network: Network, rows: ReturnType<typeof recordsOf>): NetworkCounts {
  const { firstMs, lastMs, lastStartMs, hosts: sources, internalAddresses, staysInternal } = network;
  const counts = { address: new Map<string, number>(), name: new Map<string, number>() };
  for (const { kind, value, hosts } of rows) {
    if (kind === 'address' || kind === 'name') counts[kind].set(String(value), Number(hosts));
  }
  return {
    firstMs,
    lastMs,
    lastStartMs,
    hosts: sources,
    internalAddresses,
    staysInternal,
    addresses: [...counts.address.keys()],
    addressHosts: Uint32Array.from(counts.address.values()),
    names: [...counts.name.keys()],
    nameHosts: Uint32Array.from(counts.name.values()),
  };
}
