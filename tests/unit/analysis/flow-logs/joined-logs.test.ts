import { expect, it } from 'vitest';
import { analyzeLogs, flowsOf } from './read-logs.ts';
import { eveFlow, zeekRow } from './rows.ts';

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const EVE = [1, 2, 3].map(eveFlow);
const ZEEK = [1, 2].map(zeekRow);
const BOTH = /^2 lines of it are of Zeek's logs, and left out: give those as a file of their own$/;

it.each([
  ['events of Suricata before rows of Zeek', lines([...EVE, ...ZEEK]), 3, BOTH],
  ['events of Suricata around rows of Zeek', lines([EVE[0], ...ZEEK, EVE[1], EVE[2]]), 3, BOTH],
  [
    'rows of Zeek before one of Suricata',
    lines([...ZEEK, EVE[0]]),
    2,
    /^1 line of it is of Suricata's eve.json, and left/,
  ],
  ['an array of both', JSON.stringify([...ZEEK, ...EVE]), 2, /^3 objects of it are of Suricata's eve.json, and left/],
])('a file that has %s says how many are left out', async (_, text, flows, said) => {
  const analysis = await analyzeLogs(text);
  expect(flowsOf(analysis)).toHaveLength(flows);
  const about = analysis.captures[0].warnings.filter(({ kind }) => kind === 'other-log');
  expect(about.map(({ message }) => message)).toEqual([expect.stringMatching(said)]);
});

it('what is no row of either log is not called one of the other', async () => {
  const others = [{ event_type: 'stats', timestamp: '2023-11-14T22:13:20.0+0000' }, { stats: 1 }, { ts: 1, note: 'a' }];
  for (const rows of [EVE, ZEEK]) {
    const { captures } = await analyzeLogs(lines([...rows, ...others.slice(rows === EVE ? 0 : 1)]));
    expect(captures[0].warnings.filter(({ kind }) => kind === 'other-log')).toEqual([]);
  }
});
