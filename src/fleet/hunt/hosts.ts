import type { Identity } from '../../analysis/hosts/identities.ts';
import type { SeenHosts } from '../../analysis/hosts/seen-hosts.ts';
import type { HostDeed } from '../../analysis/hosts/story.ts';
import { type HostTable, hostTable } from '../../analysis/hosts/table.ts';
import { TRAFFIC, type TrafficColumns, trafficColumns } from '../../analysis/hosts/traffic.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import type { Report } from '../../analysis/report/report.ts';
import { rowFactsOf } from '../../analysis/report/row-facts.ts';
import { readNative, textAt } from '../engine/native-read.ts';
import type { Target } from '../engine/open.ts';
import { tableName } from '../schema/tables.ts';
import type { Condition } from './question.ts';

/** Hosts that a list has, those of most flows. */
const MOST_HOSTS = 200_000;
/** Things that hosts did once which are kept for their stories, over all parts. */
const MOST_DEEDS = 1_000_000;
/** What the engine calls the columns of traffic. */
const COUNTED = {
  firstSeenMs: 'began',
  lastSeenMs: 'ended',
  flows: 'flows',
  bytesSent: 'sent',
  bytesReceived: 'received',
} as const satisfies Record<keyof TrafficColumns, string>;

/** What the flows of a part say of a host beside how many they are. */
export interface HostNote {
  address: string;
  identities: readonly Identity[];
  /** With the groups of the part. */
  deeds: readonly HostDeed[];
}

/** Of the hosts of a part those that there is something to say of. */
export function hostNotes({ hosts, identities, deeds }: SeenHosts): HostNote[] {
  return hosts
    .map(({ addresses: [address] }, host) => ({ address, identities: identities[host], deeds: deeds[host] }))
    .filter((note) => note.identities.length > 0 || note.deeds.length > 0);
}

/** The hosts of a hunt: what its parts say of them is gathered, and the engine counts their flows in the end. */
export class HuntHosts {
  private readonly notes = new Map<string, { part: number; note: HostNote }[]>();
  private deeds = 0;
  /** Things that hosts did that found no room. */
  deedsLeftOut = 0;

  add(part: number, notes: readonly HostNote[]): void {
    for (const note of notes) {
      const kept = note.deeds.slice(0, Math.max(0, MOST_DEEDS - this.deeds));
      this.deeds += kept.length;
      this.deedsLeftOut += note.deeds.length - kept.length;
      const known = this.notes.get(note.address);
      const entry = { part, note: { ...note, deeds: kept } };
      if (known === undefined) this.notes.set(note.address, [entry]);
      else known.push(entry);
    }
  }

  /**
   * Lists the hosts of the network by what the report of all parts says of their connections. Throws an `EngineError`.
   *
   * @param scope the hunt's flows
   * @param groupStarts by part: what is added to the numbers of its groups in the report
   */
  async table(
    target: Target,
    hunt: number,
    scope: Condition,
    report: Report,
    groupStarts: ReadonlyMap<number, number>,
  ): Promise<HostTable> {
    const counted = await countedHosts(target, hunt, scope);
    const notes = counted.hosts.map(({ addresses: [address] }) => this.notes.get(address) ?? []);
    const seen: SeenHosts = {
      ...counted,
      identities: notes.map((entries) => joined(entries.flatMap(({ note }) => note.identities))),
      deeds: notes.map((entries) =>
        entries.flatMap(({ part, note }) =>
          note.deeds.map((deed) => ({ ...deed, group: deed.group + groupStarts.get(part)! })),
        ),
      ),
    };
    const { connections } = report;
    const addresses = textsOf(report.addresses);
    const numbers = new Map(counted.hosts.map(({ addresses: [address] }, host) => [address, host]));
    return hostTable(
      seen,
      {
        connections,
        triage: connections.triage,
        rowFacts: rowFactsOf(report),
        addresses,
        names: textsOf(report.names),
      },
      (row) =>
        numbers.get(addresses[connections.source[row]]) ?? numbers.get(addresses[connections.destination[row]]) ?? -1,
    );
  }
}

/** The same told by several parts of one host is told once. */
function joined(identities: readonly Identity[]): Identity[] {
  const all = new Map<string, Identity>();
  for (const identity of identities) {
    const key = [identity.kind, identity.source, identity.text].join(' ');
    const known = all.get(key) ?? identity;
    all.set(key, {
      ...known,
      firstMs: Math.min(known.firstMs, identity.firstMs),
      lastMs: Math.max(known.lastMs, identity.lastMs),
    });
  }
  return [...all.values()];
}

/** The internal addresses that sent anything or answered, those of most flows first, with what their flows add up to. */
async function countedHosts(
  { engine, database }: Target,
  hunt: number,
  scope: Condition,
): Promise<Pick<SeenHosts, 'hosts' | 'leftOut' | 'traffic'>> {
  const flows = tableName(database, 'flows');
  const sums = (address: string, sent: string, received: string, spoke: string): string =>
    `SELECT ${address} AS address, count() AS n, sum(${sent}) AS bytes_sent, sum(${received}) AS bytes_received, ` +
    `min(first_seen_ms) AS first, max(first_seen_ms + duration_ms) AS last, ${spoke} AS spoke FROM ${flows} ` +
    `WHERE (${scope.text}) AND ${address} GLOBAL IN (SELECT value FROM ${tableName(database, 'prevalence')} ` +
    `WHERE hunt = {hunt:UInt64} AND kind IN ('inside', 'inside target'))`;
  const answer = await engine.read(
    'SELECT address, sum(n) AS flows, sum(bytes_sent) AS sent, sum(bytes_received) AS received, min(first) AS began, ' +
      'max(last) AS ended, count() OVER () AS hosts FROM (' +
      `${sums('src_ip', 'src2dst_bytes', 'dst2src_bytes', '1')} GROUP BY address UNION ALL ` +
      `${sums('dst_ip', 'dst2src_bytes', 'src2dst_bytes', 'max(dst2src_packets > 0)')} AND dst_ip != src_ip ` +
      'GROUP BY address) GROUP BY address HAVING max(spoke) = 1 ORDER BY flows DESC, began, address LIMIT {most:UInt64}',
    { ...scope.bound, hunt, most: MOST_HOSTS },
  );
  const blocks = [...readNative(answer)];
  const length = blocks.reduce((sum, { rows }) => sum + rows, 0);
  const traffic = trafficColumns(length);
  const hosts: SeenHosts['hosts'][number][] = [];
  let all = 0;
  for (const { rows, numbers, texts } of blocks) {
    for (const column of TRAFFIC) traffic[column].set(numbers.get(COUNTED[column])!, hosts.length);
    for (let row = 0; row < rows; row++) hosts.push({ addresses: [textAt(texts.get('address')!, row)], macs: [] });
    all = numbers.get('hosts')?.[0] ?? all;
  }
  return { hosts, leftOut: all - length, traffic };
}
