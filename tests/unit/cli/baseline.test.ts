import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONN_FIELDS, connRow, zeekTsv } from '../../builders/logs/zeek.ts';
import { call } from './call.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);

/** A log of six connections each to some addresses, on some day of March. */
function log(day: number, destinations: readonly string[]): string {
  const start = Date.UTC(2026, 2, day) / 1000;
  const rows = destinations.flatMap((destination, place) =>
    Array.from({ length: 6 }, (_, index) =>
      connRow({ ts: start + index * 61 + place, 'id.orig_h': '10.0.0.5', 'id.resp_h': destination }),
    ),
  );
  return zeekTsv('conn', CONN_FIELDS, rows);
}

interface Row {
  dst_ip: string;
  triage: { new?: boolean; hosts_before?: number; lines: { phrase: string }[] };
}

async function rowsOf(...options: string[]): Promise<Row[]> {
  const { output, errors, status } = await call(...options, '--json');
  expect({ errors, status }).toEqual({ errors: '', status: 0 });
  return (JSON.parse(output) as { connections: Row[] }).connections;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  writeFileSync(at('1.log'), log(1, ['203.0.113.1', '203.0.113.2']));
  writeFileSync(at('2.log'), log(2, ['203.0.113.1', '203.0.113.3']));
  writeFileSync(at('3.log'), log(3, ['203.0.113.2', '203.0.113.3', '203.0.113.4']));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('baselines in the terminal', () => {
  it('leave only what is of today as new, day after day', async () => {
    await call(at('1.log'), '--save-baseline', at('a.baseline'));
    const second = await rowsOf(at('2.log'), '--baseline', at('a.baseline'), '--filter', 'new == true');
    expect(second.map(({ dst_ip }) => dst_ip)).toEqual(['203.0.113.3']);
    expect(second[0].triage).toMatchObject({ new: true, hosts_before: 0 });
    expect(second[0].triage.lines.map(({ phrase }) => phrase)).toContain('not seen before 2026-03-01');
    await call(at('2.log'), '--baseline', at('a.baseline'), '--save-baseline', at('b.baseline'));
    const third = await rowsOf(at('3.log'), '--baseline', at('b.baseline'), '--filter', 'new == true');
    expect(third.map(({ dst_ip }) => dst_ip)).toEqual(['203.0.113.4']);
  });

  it('are read together where there are several, and go with a saved analysis', async () => {
    for (const day of [1, 2]) await call(at(`${day}.log`), '--save-baseline', at(`${day}.baseline`));
    const both = ['--baseline', at('1.baseline'), '--baseline', at('2.baseline')];
    expect(await rowsOf(at('3.log'), ...both, '--filter', 'new == true')).toHaveLength(1);
    await call(at('3.log'), ...both, '--save', at('3.beaconscope'));
    expect(await rowsOf(at('3.beaconscope'), '--filter', 'new == true')).toHaveLength(1);
    expect(await rowsOf(at('3.log'), '--filter', 'new == true')).toHaveLength(0);
  });

  it('are refused with a word where they are none', async () => {
    expect(await call(at('1.log'), '--baseline', at('2.log'))).toMatchObject({
      status: 2,
      errors: `error: ${at('2.log')}: it was not saved by Beaconscope (byte 0)\n`,
    });
  });
});
