import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bufferSource } from 'pcap-ts-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { poolOf, type TextPool, textsOf } from '../../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../../src/analysis/pipeline.ts';
import type { Report } from '../../../src/analysis/report/report.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { hostLines } from '../../../src/cli/host-lines.ts';
import { tableText } from '../../../src/cli/table.ts';
import { call } from './call.ts';
import { steadyCapture } from './captures.ts';

/** Clears the screen of a terminal, turns the direction of a text, and ends a line. */
const EVIL = '\u001b[2J\u202e\r';
/** What may be printed of all that steers. */
const STEERS = /[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u;

let folder = '';
const at = (name: string): string => path.join(folder, name);

/** Check-ins of a host under a name, as a table of flows. */
function flowsOf(name: string): string {
  const rows = Array.from({ length: 30 }, (_, row) => {
    const ms = 1_700_000_000_000 + 60_000 * row;
    return `10.0.0.5,${5000 + row},203.0.113.9,8443,6,${ms},${ms + 9},3,200,"${name}","${name}"\n`;
  });
  return `src_ip,src_port,dst_ip,dst_port,protocol,bidirectional_first_seen_ms,bidirectional_last_seen_ms,src2dst_packets,src2dst_bytes,requested_server_name,user_agent\n${rows.join('')}`;
}

async function steadyReport(): Promise<Report> {
  const analysis = await analyze([bufferSource(steadyCapture(12), 'steady.pcap')], DEFAULT_SETTINGS);
  return analysis.report(DEFAULT_SETTINGS);
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  writeFileSync(at(`flows${EVIL}.csv`), `${flowsOf(`a${EVIL}.example`)}this is no flow${EVIL}\n`);
  writeFileSync(at(`text${EVIL}`), `no capture${EVIL}`);
  writeFileSync(at(`watch${EVIL}`), `203.0.113.9 # said by ${EVIL}\n$${EVIL}\n`);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('what the terminal prints', () => {
  it.each([
    ['--score', 'triage'],
    ['--score', 'rhythm'],
    ['--requests', '-'],
    ['--indicators', '-'],
    ['--lines', '-'],
    ['--live', 'always'],
  ])('never steers it, whatever files, lists and what they hold are called: %s %s', async (...options) => {
    const files = [at(`flows${EVIL}.csv`), at(`text${EVIL}`), at(`gone${EVIL}`)];
    const { output, errors } = await call(...files, '--watch', at(`watch${EVIL}`), ...options.flat());
    const escaped = String.raw`\u001b[2J\u202e`;
    for (const named of ['flows', 'text', 'gone', 'watch']) expect(errors).toContain(`${named}${escaped}`);
    expect(output + errors).not.toMatch(STEERS);
  });

  it('of hosts and of reasons is escaped, also where what they are made of was not', async () => {
    const report = await steadyReport();
    const evil = (pool: TextPool): TextPool => {
      return poolOf(textsOf(pool).map((text) => (text === '' ? '' : `${text}${EVIL}`)));
    };
    const hosts = { ...report.hosts, texts: evil(report.hosts.texts) };
    const [names, addresses] = [evil(report.names), evil(report.addresses)];
    const lines = [...hostLines({ ...report, hosts }), ...tableText({ ...report, names, addresses }, 'triage')].join(
      '',
    );
    expect(lines.split(String.raw`\u001b[2J\u202e\u000d`).length).toBeGreaterThan(3);
    expect(lines).not.toMatch(STEERS);
  });

  it('as the next call holds nothing but addresses and names of the Internet', async () => {
    const report = await steadyReport();
    const next = (destination: string): string => {
      const texts = textsOf(report.addresses).map((text) => (text === '203.0.113.9' ? destination : text));
      return hostLines({ ...report, addresses: poolOf(texts) }).find((line) => line.includes('next:')) ?? '';
    };
    expect(next('203.0.113.9')).toContain('--connection 10.0.0.1,203.0.113.9,5000 ');
    expect(next('proxied.example')).toContain('--connection 10.0.0.1,proxied.example,5000 ');
    for (const evil of ['$(id).example', 'a;b', '`id`.example', 'a b.example', '-x', "a'.example"])
      expect(next(evil)).toBe('');
  });
});
