import { describe, expect, it } from 'vitest';
import { rowsInOrder } from '../../../../src/analysis/report/rank.ts';
import { Listing, type ReportTables } from '../../../../src/analysis/report/listing.ts';
import { groupFlows } from '../../../../src/analysis/flows/group.ts';
import { MergedFlows } from '../../../../src/analysis/connections/merged-flows.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { DEFAULT_SETTINGS, type TriageSettings } from '../../../../src/analysis/settings.ts';
import { BADGES } from '../../../../src/analysis/triage/badge.ts';
import type { FlowRow } from '../connections/flow-columns.ts';
import { flowColumns, noDns, noSessions, spanOf, tablesOf } from '../connections/flow-columns.ts';

const MINUTE_MS = 60_000;

/** A host's talk with a destination, once in `intervalMs`. */
function beacon(destination: string, more: FlowRow = {}, intervalMs = MINUTE_MS, flows = 30): FlowRow[] {
  return Array.from({ length: flows }, (_, index) => ({
    source: '10.0.0.5',
    destination,
    firstMs: index * intervalMs,
    packetsReceived: 5,
    bytesSent: 1000 + (index % 7) * 40,
    bytesReceived: 3000,
    payloadSent: 500,
    payloadReceived: 2500,
    application: 'TLS' as const,
    ...more,
  }));
}

const named: FlowRow = { name: 'www.example.com', nameSource: 'tls' };
const rows = [
  ...beacon('203.0.113.10', named),
  ...beacon('203.0.113.11', { port: 8043 }, 5 * MINUTE_MS),
  ...beacon('203.0.113.12', { port: 4444, application: 'Unknown' }, 5 * MINUTE_MS),
  ...beacon('203.0.113.13', {}, 5 * MINUTE_MS),
  ...beacon('203.0.113.14', { name: 'shop.example.org' }, MINUTE_MS, 3),
];

function destinations(tables: ReportTables): string[] {
  const addresses = textsOf(tables.addresses);
  return Array.from(rowsInOrder(tables.connections, 'triage'), (row) => addresses[tables.connections.destination[row]]);
}

function triaged(lists: Partial<TriageSettings>, minFlows = 4): ReportTables {
  return tablesOf(rows, { minFlows, ...lists });
}

describe('triage of a table', () => {
  it('orders by points and folds what one host calls at one interval without a name', () => {
    const tables = triaged({});
    expect(destinations(tables)).toEqual(['203.0.113.11', '203.0.113.12', '203.0.113.13', '203.0.113.10']);
    const { connections, triage } = tables;
    expect(Array.from(connections.triage.badge, (badge) => BADGES[badge])).toEqual([
      'explained',
      'first',
      'first',
      'next',
    ]);
    expect([...connections.triage.head]).toEqual([0, 1, 1, 1]);
    expect([...connections.triage.siblings]).toEqual([0, 2, 2, 2]);
    expect(triage).toMatchObject({ hosts: 1, internalAddresses: 1, folded: 2, setAside: 0, watchHits: 0 });
    expect(triage.prevalenceGap).toBe('only 1 host opens connections: how many others go there cannot be judged');
  });

  it('sets aside what an allow list covers, at the end and counted, and unfolds it from what stays', () => {
    const tables = triaged({ allow: '203.0.113.11 # own\nexample.com' });
    expect(destinations(tables)).toEqual(['203.0.113.12', '203.0.113.13', '203.0.113.11', '203.0.113.10']);
    expect([...tables.connections.triage.setAside]).toEqual([1, 1, 0, 0]);
    expect([...tables.connections.triage.head]).toEqual([0, 1, 2, 2]);
    expect(tables.triage).toMatchObject({ setAside: 2, allow: { entries: 2, problems: [] } });
  });

  it('sets aside only what is covered as a whole: another name at the same address stays', () => {
    const mixed = [
      ...beacon('203.0.113.10', named),
      ...beacon('203.0.113.10', { name: 'c2.example.net' }, MINUTE_MS, 1),
    ];
    const bare = [...beacon('203.0.113.10', named), ...beacon('203.0.113.10', {}, MINUTE_MS, 2)];
    const isSetAside = (some: FlowRow[]): Uint8Array =>
      tablesOf(some, { allow: 'example.com' }).connections.triage.setAside;
    expect([isSetAside(mixed), isSetAside(bare)]).toEqual([Uint8Array.of(0), Uint8Array.of(1)]);
  });

  it('sets aside what one source has with one place, and nobody else with it', () => {
    const isSetAside = (allow: string): number[] => [...triaged({ allow }).connections.triage.setAside];
    const [{ source }] = rows;
    expect(isSetAside(`${source} > 203.0.113.11\n${source} > =${named.name}`)).toEqual([1, 1, 0, 0]);
    expect(isSetAside(`${source} > 203.0.113.12/31`)).toEqual([0, 0, 1, 1]);
    expect(isSetAside('10.99.0.1 > 203.0.113.11\n2001:db8::1 > example.com')).toEqual([0, 0, 0, 0]);
    expect(triaged({ allow: `${source} > 203.0.113.11` }).triage.allow).toMatchObject({ entries: 1, pairs: 1 });
    const { connections, triage } = triaged({ watch: `203.0.113.99\n${source} > 203.0.113.13` });
    expect([...connections.triage.watched].map((index) => textsOf(triage.watched)[index])).toContain(
      `${source} > 203.0.113.13`,
    );
  });

  it('lists what the watch list meets, with any number of flows, and says which entry', () => {
    const { connections, triage } = triaged({ watch: 'indicator,note\nshop.example.org,phishing kit\n203.0.113.13,' });
    expect(connections).toHaveLength(5);
    expect([...connections.triage.watched].map((index) => textsOf(triage.watched)[index])).toEqual([
      '',
      '',
      '',
      '203.0.113.13',
      'shop.example.org (phishing kit)',
    ]);
    expect(triage.watchHits).toBe(2);
    expect(connections.triage.total[4]).toBe(6);
    expect(BADGES[connections.triage.badge[4]]).toBe('first');
  });

  it('knows a watched client by its fingerprint', () => {
    const ja3 = '6734f37431670b3ab4292b8f60f29984';
    const tables = tablesOf(beacon('203.0.113.10', { ...named, clientFingerprint: ja3 }), { watch: ja3.toUpperCase() });
    expect(textsOf(tables.triage.watched)).toEqual(['', ja3]);
  });

  it('goes by the networks that the analyst calls inside, and says which lines are none', () => {
    const { connections, triage } = triaged({ internal: '203.0.113.0/24\nnowhere' });
    expect([...new Set(connections.triage.sourceZone)]).toEqual([0]);
    expect([...new Set(connections.triage.destinationZone)]).toEqual([1]);
    expect(triage.internalProblems).toEqual([{ line: 2, reason: '"nowhere": not a network' }]);
    expect(triage.hosts).toBe(0);
  });

  it('counts how many internal hosts go to a name, on whatever address, and to an address without one', () => {
    const hosts = Array.from({ length: 12 }, (_, host) => ({
      source: `10.0.1.${host}`,
      destination: `203.0.113.${host % 3}`,
      name: 'cdn.example',
    }));
    const some = [...hosts, ...beacon('203.0.113.1', { name: 'c2.example' }), ...beacon('203.0.113.1', { port: 8443 })];
    const { connections, triage } = tablesOf(some, { minFlows: 10 });
    expect(triage).toMatchObject({ hosts: 13, prevalenceGap: '' });
    expect([...connections.triage.hosts]).toEqual([1, 5]);
  });
});

describe('Listing', () => {
  it('scores once however often the lists change', () => {
    const flows = flowColumns(rows);
    const groups = groupFlows(flows, 'src,dst,port');
    const listing = new Listing(new MergedFlows(flows), noSessions(flows, groups), spanOf(rows), noDns());
    let scorings = 0;
    const ask = (lists: Partial<TriageSettings>): ReportTables => {
      return listing.tables(groups, { ...DEFAULT_SETTINGS, ...lists }, (scored) => {
        if (scored === 0) scorings++;
      });
    };
    ask({});
    const second = ask({ allow: 'example.com' });
    expect(scorings).toBe(1);
    expect(second.connections.flows).toHaveLength(4);
    expect(second.connections.triage.setAside[0]).toBe(1);
    ask({ watch: 'shop.example.org' });
    expect(scorings).toBe(2);
    ask({ internal: '203.0.113.0/24' });
    expect(scorings).toBe(3);
  });
});
