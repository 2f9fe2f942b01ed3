import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tar } from '../../builders/archives/tar.ts';
import { zip } from '../../builders/archives/zip.ts';
import { CONN_FIELDS, connRow, SSL_FIELDS, zeekTsv } from '../../builders/logs/zeek.ts';
import { call } from '../../unit/cli/call.ts';
import { testEngine } from './engine.ts';
import { fleet } from './process.ts';

const probe = await testEngine();
await probe?.end();
const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-commands-'));
const at = (name: string): string => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A host that checks in with a random name once a minute, and some that visit a site now and then. */
const ROWS = Array.from({ length: 90 }, (_, row) => {
  const isBeacon = row % 3 === 0;
  return connRow({
    ts: String(1.7e9 + 20 * row + (isBeacon ? 0 : (row * row) % 17)),
    uid: `C${row}`,
    'id.orig_h': isBeacon ? '10.0.0.7' : `10.0.0.${20 + (row % 4)}`,
    'id.orig_p': 40_000 + row,
    'id.resp_h': isBeacon ? '203.0.113.9' : '198.51.100.80',
    'id.resp_p': isBeacon ? 8443 : 443,
  });
});
const CONN = gzipSync(zeekTsv('conn', CONN_FIELDS, ROWS));
const SSL = gzipSync(
  zeekTsv(
    'ssl',
    SSL_FIELDS,
    ROWS.filter((_, row) => row % 3 === 0).map(({ uid }) => ({ uid, server_name: 'x7k2q9zv1p.xyz' })),
  ),
);
const ENDS = '10.0.0.7,203.0.113.9,8443';

describe.skipIf(probe === null)('the commands of fleet', () => {
  beforeAll(async () => {
    writeFileSync(
      at('day.zip'),
      await zip([
        { name: 'day/conn.log.gz', bytes: new Uint8Array(CONN), password: 'theirs' },
        { name: 'day/ssl.log.gz', bytes: new Uint8Array(SSL), password: 'theirs' },
      ]),
    );
    writeFileSync(at('day.tar'), tar([{ name: 'conn.log', bytes: new Uint8Array(gunzipSync(CONN)) }]));
    writeFileSync(at('conn.log.gz'), CONN);
    writeFileSync(at('ssl.log.gz'), SSL);
    writeFileSync(at('watch.txt'), '192.0.2.1\n');
  });

  it('load what lies in archives and patterns once, name what is not there, and go on', async () => {
    const loaded = await call(
      'fleet',
      'load',
      at('day.zip'),
      at('none.pcap'),
      '--password',
      'theirs',
      '--to',
      at('hunts'),
    );
    expect(loaded.errors).toContain('none.pcap: no such file');
    expect(loaded.errors).toContain('90 flows of 1 files are loaded');
    expect(loaded.status).toBe(1);
    const again = await call('fleet', 'load', at('day.tar'), at('conn*.gz'), '--to', at('hunts'));
    expect(again.errors).toContain('0 flows of 0 files are loaded; 2 files were loaded before');
    expect(again.status).toBe(0);
    const kept = await call('fleet', 'load', at('conn.log.gz'), '--keep-days', '1', '--to', at('short'));
    const later = await call('fleet', 'load', at('conn.log.gz'), '--keep-days', '100000', '--to', at('short'));
    expect([kept.status, later.status]).toEqual([0, 0]);
  }, 120_000);

  it('hunt writes what an analysis of the same logs writes', async () => {
    const options = (made: string): string[] =>
      ['connections', 'hosts', 'indicators', 'lines'].flatMap((what) => [`--${what}`, at(`${made}.${what}`)]);
    const hunted = await fleet(['hunt', '--in', at('hunts'), ...options('hunted'), '--report', at('hunted.html')]);
    expect(hunted.status).toBe(0);
    const analyzed = await call(at('conn.log.gz'), at('ssl.log.gz'), ...options('analyzed'));
    expect(hunted.output).toBe(analyzed.output);
    for (const what of ['connections', 'hosts', 'indicators', 'lines']) {
      const text = readFileSync(at(`hunted.${what}`), 'utf8');
      expect(text).toMatch(/10\.0\.0\.7|x7k2q9zv1p/);
      expect([what, text]).toEqual([what, readFileSync(at(`analyzed.${what}`), 'utf8')]);
    }
    const report = readFileSync(at('hunted.html'), 'utf8');
    expect(report).toContain('<h2>Hosts</h2>');
    expect(report).toContain('x7k2q9zv1p.xyz');
  }, 120_000);

  it('open and verdict keep what was found, and later hunts say what analysts said', async () => {
    const said = await call('fleet', 'verdict', ENDS, 'malicious', '--note', 'a test', '--in', at('hunts'));
    expect(said).toMatchObject({ status: 0 });
    const { output } = await call('fleet', 'open', ENDS, '--in', at('hunts'));
    expect(output).toMatch(/First found .*\n.* points, /s);
    expect(output).toContain('malicious');
    const hunted = await fleet(['hunt', '--in', at('hunts'), '--json']);
    const { connections } = JSON.parse(hunted.output) as { connections: Record<string, unknown>[] };
    expect(connections.find(({ dst_ip: to }) => to === '203.0.113.9')).toMatchObject({
      remark: { verdict: 'malicious', note: 'a test' },
    });
  }, 120_000);

  it('overwrite nothing that they read, whatever it is called', async () => {
    linkSync(at('watch.txt'), at('same.csv'));
    const hunting = ['fleet', 'hunt', '--in', at('hunts'), '--watch', at('watch.txt')];
    const { status, errors } = await call(...hunting, '--hosts', at('same.csv'));
    expect([status, errors]).toEqual([2, expect.stringContaining('would be overwritten') as string]);
    const twice = await call('fleet', 'hunt', '--in', at('hunts'), '--json', '--hosts', '-');
    expect(twice.errors).toContain('only one of --json and the outputs');
  });
});
