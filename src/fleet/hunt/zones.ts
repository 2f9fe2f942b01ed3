import { AddressList } from '../../analysis/net/address-list.ts';
import type { SaidZones } from '../../analysis/flow-logs/local-ends.ts';
import { readInternal } from '../../analysis/lists/internal-list.ts';
import { type Zone, ZONES, type Zones } from '../../analysis/net/zones.ts';
import { DEFAULT_SETTINGS } from '../../analysis/settings.ts';
import { type OwnNetwork, takeOwnNetwork } from '../../analysis/triage/internal-addresses.ts';
import { readNative, recordsOf, textAt } from '../engine/native-read.ts';
import { nativeBlock, numberColumn, textColumn } from '../engine/native-write.ts';
import type { Target } from '../engine/open.ts';
import { quoted } from '../schema/names.ts';
import { tableName } from '../schema/tables.ts';
import { everyText } from './every-text.ts';
import type { Condition } from './question.ts';

/** Kinds of rows of `prevalence` that say where an address lies, whatever the list says. */
const ZONE_KINDS: Readonly<Record<string, keyof SaidZones>> = {
  'said internal': 'internal',
  'said external': 'external',
};
const KINDS = Object.keys(ZONE_KINDS)
  .map((kind) => `'${kind}'`)
  .join(', ');

/** Which flows of a hunt are looked at, by which list, in how many shares. */
interface Asked {
  files: Condition;
  inside: string;
  shares: number;
}

/**
 * Writes down which addresses lie elsewhere than the list says, where it is as it comes: what most rows of logs call
 * local and what they do not, and the public address or network that most flows are with, which comes back. The same rule
 * as in memory (see `internalAddresses`), over all flows.
 */
export async function writeZones(target: Target, hunt: number, asked: Asked): Promise<OwnNetwork | null> {
  if (asked.inside !== DEFAULT_SETTINGS.internal) return null;
  const { places: zones } = readInternal(asked.inside);
  const said = (await writeSaid(target, hunt, asked)) ? await writtenZones(target, hunt) : new Map<string, Zone>();
  for (const [address, zone] of said) if (zone === 'internal' && zones.of(address) === 'external') return null;
  const pairs = await externalPairs(target, asked, (address) => zoneOf(address, zones, said));
  const places = new Uint8Array(pairs.addresses.length).fill(ZONES.indexOf('external'));
  const taken = takeOwnNetwork(pairs, AddressList.of(pairs.addresses), places);
  const internal = pairs.addresses.filter((_, address) => places[address] === ZONES.indexOf('internal'));
  await writeKind(target, hunt, { kind: 'said internal', share: 0 }, internal);
  return taken;
}

/** Where an address lies by the list and by what is written down, which moves no group. */
export function zoneOf(address: string, listed: Zones, written: ReadonlyMap<string, Zone>): Zone {
  const zone = listed.of(address);
  return zone === 'multicast' ? zone : (written.get(address) ?? zone);
}

/** Where addresses lie, those of one of so many shares, as it is written down. */
export async function writtenZones(
  { engine, database }: Target,
  hunt: number,
  share = 0,
  shares = 1,
): Promise<Map<string, Zone>> {
  const answer = await engine.read(
    `SELECT CAST(kind AS String) AS kind, value FROM ${tableName(database, 'prevalence')} WHERE hunt = {hunt:UInt64} ` +
      `AND kind IN (${KINDS}) AND cityHash64(value) % {shares:UInt32} = {share:UInt32}`,
    { hunt, share, shares },
  );
  return new Map(recordsOf(answer).map(({ kind, value }) => [String(value), ZONE_KINDS[kind]]));
}

/** Asks where the addresses of some flows lie, as far as it is written down for hunt `hunt`. */
export function zonesQuery(database: string, where: Condition): string {
  const flows = tableName(database, 'flows');
  return (
    `SELECT CAST(kind AS String) AS kind, value, max(hosts) AS hosts FROM ${tableName(database, 'prevalence')} ` +
    `WHERE hunt = {hunt:UInt64} AND kind IN (${KINDS}) AND value GLOBAL IN ` +
    `(SELECT arrayJoin([src_ip, dst_ip]) FROM ${flows} WHERE ${where.text}) GROUP BY kind, value`
  );
}

/** What the rows of an answer with `zonesQuery` say of where addresses lie. */
export function saidZonesIn(rows: ReturnType<typeof recordsOf>): SaidZones {
  const said: SaidZones = { internal: [], external: [] };
  for (const { kind, value } of rows) {
    if (kind in ZONE_KINDS) said[ZONE_KINDS[kind]].push(String(value));
  }
  return said;
}

/** Writes texts of one kind down for a hunt. */
export async function writeKind(
  { engine, database }: Target,
  hunt: number,
  { kind, share }: { kind: string; share: number },
  texts: string[],
): Promise<void> {
  if (texts.length === 0) return;
  const every = { length: texts.length };
  const rows = nativeBlock(texts.length, [
    numberColumn(
      'hunt',
      'UInt64',
      Array.from(every, () => hunt),
    ),
    textColumn('kind', new Uint8Array(texts.length), [kind]),
    textColumn(
      'value',
      Uint32Array.from(every, (_, place) => place),
      texts,
    ),
    numberColumn('hosts', 'UInt32', new Uint32Array(texts.length)),
  ]);
  const columns = ['hunt', 'kind', 'value', 'hosts'].map(quoted);
  await engine.insert(tableName(database, 'prevalence'), columns, rows, `${hunt}-${kind}-${share}`);
}

/** Writes what logs call local and what not; false where they call nothing local, and nothing is written. */
async function writeSaid({ engine, database }: Target, hunt: number, { files }: Asked): Promise<boolean> {
  const said =
    'SELECT address, sum(said_local) > sum(said_remote) AS is_local ' +
    `FROM ${tableName(database, 'locals')} WHERE ${files.text} GROUP BY address`;
  const bound = { ...files.bound, hunt };
  const [{ locals }] = recordsOf(await engine.read(`SELECT countIf(is_local) AS locals FROM (${said})`, bound));
  if (Number(locals) === 0) return false;
  await engine.run(
    `INSERT INTO ${tableName(database, 'prevalence')} (hunt, kind, value, hosts) SELECT {hunt:UInt64}, ` +
      `if(is_local, 'said internal', 'said external'), address, 0 FROM (${said})`,
    bound,
  );
  return true;
}

/** Pairs of external addresses with their flows, and how many other flows leave a network. */
async function externalPairs(
  { engine, database }: Target,
  { files, shares }: Asked,
  placeOf: (address: string) => Zone,
) {
  const addresses = everyText();
  const pairs: { source: number[]; destination: number[]; flows: number[] } = {
    source: [],
    destination: [],
    flows: [],
  };
  let otherFlows = 0;
  for (let share = 0; share < shares; share++) {
    const answer = await engine.read(
      `SELECT src_ip, dst_ip, count() AS flows FROM ${tableName(database, 'flows')} WHERE ${files.text} ` +
        'AND cityHash64(src_ip) % {shares:UInt32} = {share:UInt32} GROUP BY src_ip, dst_ip ORDER BY src_ip, dst_ip',
      { ...files.bound, share, shares },
    );
    for (const { rows, numbers, texts } of readNative(answer)) {
      for (let row = 0; row < rows; row++) {
        const [from, to] = [textAt(texts.get('src_ip')!, row), textAt(texts.get('dst_ip')!, row)];
        const flows = numbers.get('flows')![row];
        const zone = pairZone(placeOf(from), placeOf(to));
        if (zone === 'other') otherFlows += flows;
        if (zone !== 'external') continue;
        pairs.source.push(addresses.numberOf(from));
        pairs.destination.push(addresses.numberOf(to));
        pairs.flows.push(flows);
      }
    }
  }
  return { ...pairs, length: pairs.flows.length, otherFlows, addresses: addresses.texts };
}

/** Whether both ends are external, or nothing leaves a network (null), or another flow does. */
function pairZone(...zones: Zone[]): 'external' | 'other' | null {
  if (zones.includes('multicast') || zones.every((zone) => zone === 'internal')) return null;
  return zones.every((zone) => zone === 'external') ? 'external' : 'other';
}
