import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { recordsOf } from '../../../src/fleet/engine/native-read.ts';
import { openTarget } from '../../../src/fleet/engine/open.ts';
import { testEngine } from './engine.ts';
import { fleet } from './process.ts';

/** More than two blocks of flows. */
const ROWS = 230_000;
const HOSTS = 400;
/** Moments after the start at which the process is killed, in milliseconds; where one is too late, nothing is lost. */
const KILLS = [2500, 5000];

const probe = await testEngine();
await probe?.end();
const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function connLog(): string {
  const fields = 'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_ip_bytes resp_ip_bytes orig_pkts';
  const lines = ['#separator \\x09', '#path\tconn', `#fields\t${fields.replaceAll(' ', '\t')}\tresp_pkts`];
  for (let row = 0; row < ROWS; row++) {
    const host = row % HOSTS;
    const source = `10.0.${host >> 8}.${host & 255}`;
    lines.push(`${1.7e9 + row}.5\tC${row}\t${source}\t40000\t203.0.113.${host % 250}\t8443\ttcp\t1\t500\t900\t5\t5`);
  }
  return `${lines.join('\n')}\n`;
}

describe.skipIf(probe === null)('killed with no warning', () => {
  it('and asked again: nothing is lost and nothing is there twice, of flows and of findings', async () => {
    const place = path.join(folder, 'hunts');
    const log = path.join(folder, 'conn.log');
    writeFileSync(log, connLog());
    for (const ms of KILLS) await fleet(['load', log, '--to', place], ms);
    expect((await fleet(['load', log, '--to', place])).status).toBe(0);
    for (const ms of KILLS) await fleet(['hunt', '--in', place, '--json'], ms);
    expect((await fleet(['hunt', '--in', place, '--json'])).status).toBe(0);
    const { engine } = await openTarget(place, () => {});
    try {
      const [flows] = recordsOf(
        await engine.read('SELECT count() AS rows, uniqExact(file, row) AS different FROM beaconscope.flows'),
      );
      expect(flows).toEqual({ rows: ROWS, different: ROWS });
      const [findings] = recordsOf(
        await engine.read(
          'SELECT count() AS rows, uniqExact(src_ip, dst_ip, dst_port) AS different FROM beaconscope.findings ' +
            "WHERE hunt = (SELECT max(hunt) FROM beaconscope.hunts WHERE state = 'done')",
        ),
      );
      expect(findings).toEqual({ rows: HOSTS, different: HOSTS });
    } finally {
      await engine.close();
    }
  }, 240_000);
});
