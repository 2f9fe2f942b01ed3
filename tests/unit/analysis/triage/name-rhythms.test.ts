import { describe, expect, it } from 'vitest';
import { CONTINUED } from '../../../../src/analysis/flows/columns.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import type { ReportTables } from '../../../../src/analysis/report/listing.ts';
import { rowsInOrder } from '../../../../src/analysis/report/rank.ts';
import { BADGES } from '../../../../src/analysis/triage/badge.ts';
import { seededRandom } from '../../../builders/random.ts';
import { type FlowRow, tablesOf } from '../connections/flow-columns.ts';
import { lineIds } from './facts.ts';

const NAME = 'cdn.front.example';
const MINUTE_MS = 60_000;
const CHANCE = seededRandom(18);

/** Check-ins every minute, give or take a tenth, each at one of some addresses; as many addresses are used up in turn. */
function checkIns(count: number, addresses: number, more: FlowRow = {}, network = '203.0.113'): FlowRow[] {
  const random = seededRandom(17);
  return Array.from({ length: count }, (_, turn): FlowRow => {
    const firstMs = Math.round(1e6 + turn * MINUTE_MS + random.uniform(-6000, 6000));
    const address = addresses === count ? turn : random.integer(0, addresses - 1);
    return {
      source: '10.0.0.5',
      destination: `${network}.${address + 1}`,
      firstMs,
      lastMs: firstMs + 900,
      packetsReceived: 5,
      payloadSent: 500 + turn,
      payloadReceived: 2500,
      application: 'TLS',
      name: NAME,
      nameSource: 'tls',
      ...more,
    };
  });
}

function byChance(row: FlowRow): FlowRow {
  const firstMs = 1e6 + Math.round(CHANCE.uniform(0, 40 * MINUTE_MS));
  return { ...row, firstMs, lastMs: firstMs + 900 };
}

interface Listed {
  destination: string;
  lines: string[];
  badge: string;
  /** Whether it is shown under another row. */
  isTwin: boolean;
}

function listed(tables: ReportTables): Listed[] {
  const { connections } = tables;
  const { triage } = connections;
  return Array.from(rowsInOrder(connections, 'triage'), (row) => ({
    destination: textsOf(tables.addresses)[connections.destination[row]],
    lines: lineIds(triage.lines, row),
    badge: BADGES[triage.badge[row]],
    isTwin: triage.head[row] !== row,
  }));
}

const byName = (rows: readonly FlowRow[]): Listed[] =>
  listed(tablesOf(rows, { minFlows: 4 })).filter(({ lines }) => lines.includes('byname'));

describe('a name that is called on a rhythm', () => {
  it('is listed though each of its addresses is called once, in one row', () => {
    const rows = byName(checkIns(40, 40));
    expect(rows).toHaveLength(40);
    expect(rows.filter(({ isTwin }) => !isTwin)).toMatchObject([{ badge: 'explained', isTwin: false }]);
    expect(rows[0].lines).toContain('poll');
  });

  it('is found at a few addresses that take turns by chance, none of which shows it', () => {
    const rows = byName(checkIns(90, 7));
    expect(new Set(rows.map(({ destination }) => destination)).size).toBe(7);
    expect(rows.filter(({ isTwin }) => !isTwin)).toHaveLength(1);
    expect(rows.every(({ lines }) => !lines.includes('weak') && !lines.includes('rhythm'))).toBe(true);
  });

  it('counts with a name that its host had resolved, and with each host by itself', () => {
    expect(byName(checkIns(40, 8, { name: '', resolvedName: NAME }))).toHaveLength(8);
    const turns = checkIns(40, 8);
    for (const row of turns.filter((_, turn) => turn % 2 === 1)) row.source = '10.0.0.6';
    const heads = byName([...turns, ...checkIns(40, 8, { source: '10.0.0.7' })]).filter(({ isTwin }) => !isTwin);
    expect(heads).toHaveLength(3);
  });

  it.each<[string, FlowRow[]]>([
    ['one address', checkIns(40, 1)],
    [
      'an address for each host',
      ['5', '6'].flatMap((host) => checkIns(40, 1, { source: `10.0.0.${host}`, destination: `203.0.113.${host}` })),
    ],
    ['an address that has almost all', [...checkIns(40, 1), ...checkIns(2, 2, {}, '203.0.114')]],
    ['an address that is steady by itself', [...checkIns(40, 1), ...checkIns(20, 2, {}, '203.0.114').map(byChance)]],
    ['too few check-ins', checkIns(4, 4)],
    ["a vendor's name", checkIns(40, 8, { name: 'www.microsoft.com' })],
    ['no name', checkIns(40, 8, { name: '' })],
    ['questions of DNS', checkIns(40, 8, { port: 53, protocol: 17, application: 'DNS', nameSource: 'dns' })],
    [
      'servers of the time',
      checkIns(40, 8, { port: 123, protocol: 17, application: 'NTP', name: '', resolvedName: 'pool.example' }),
    ],
    ['servers inside', checkIns(40, 8, {}, '10.1.113')],
    ['pieces that only go on', checkIns(40, 8, { begin: CONTINUED })],
    ['gaps of chance', checkIns(40, 8).map(byChance)],
  ])('is nothing of %s', (_, rows) => {
    expect(byName(rows)).toEqual([]);
  });
});
