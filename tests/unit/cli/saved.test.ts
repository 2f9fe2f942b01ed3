import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseText } from '../../../src/analysis/report/case-file.ts';
import { openedBytes, savedBytes } from '../../builders/saved.ts';
import { call } from './call.ts';
import { steadyCapture } from './captures.ts';

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  writeFileSync(at('steady.pcap'), steadyCapture(12));
  await call(at('steady.pcap'), '--save', at('steady.beaconscope'), '--json');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a saved analysis in the terminal', () => {
  it('gives what the capture gives', async () => {
    for (const options of [[], ['--json'], ['--min-flows', '20'], ['--group-by', 'src,dst'], ['--filter', 'port == 1']])
      expect(await call(at('steady.beaconscope'), ...options)).toEqual(await call(at('steady.pcap'), ...options));
    await call(at('steady.beaconscope'), '--flows', at('saved.csv'), '--connections', at('saved-rows.csv'));
    await call(at('steady.pcap'), '--flows', at('read.csv'), '--connections', at('read-rows.csv'));
    expect(readFileSync(at('saved.csv'), 'utf8')).toBe(readFileSync(at('read.csv'), 'utf8'));
    expect(readFileSync(at('saved-rows.csv'), 'utf8')).toBe(readFileSync(at('read-rows.csv'), 'utf8'));
  });

  it('is listed by the settings that it was saved under, as far as the call says nothing else', async () => {
    writeFileSync(at('list.txt'), '203.0.113.9\n');
    await call(at('steady.pcap'), '--allow', at('list.txt'), '--min-flows', '3', '--save', at('list.beaconscope'));
    const { output } = await call(at('list.beaconscope'));
    expect(output).toBe((await call(at('steady.pcap'), '--allow', at('list.txt'), '--min-flows', '3')).output);
    writeFileSync(at('other.txt'), '198.51.100.1\n');
    expect((await call(at('list.beaconscope'), '--allow', at('other.txt'))).output).not.toBe(output);
  });

  it('is saved again as it is, and in the report has the digest of its capture', async () => {
    await call(at('steady.beaconscope'), '--save', at('again.beaconscope'), '--report', at('report.html'));
    expect((await call(at('again.beaconscope'))).output).toBe((await call(at('steady.pcap'))).output);
    await call(at('again.beaconscope'), '--report', at('again.html'));
    const [digest] = /[0-9a-f]{64}/.exec(readFileSync(at('report.html'), 'utf8')) ?? ['none'];
    expect(readFileSync(at('again.html'), 'utf8')).toContain(digest);
  });

  it('says of a capture what saved cases say, the later ones before the earlier, and keeps it', async () => {
    const caseSaying = (verdict: 'malicious' | 'benign', note: string) =>
      caseText(new Map([['10.0.0.1 > 203.0.113.9:5000/17', { verdict, note, tags: [] }]]), ['steady.pcap']);
    writeFileSync(at('one.json'), caseSaying('malicious', 'first'));
    writeFileSync(at('two.json'), `\ufeff${caseSaying('benign', 'second')}`);
    const said = async (...given: string[]): Promise<string | undefined> => {
      await call(...given, '--connections', at('said.csv'));
      return readFileSync(at('said.csv'), 'utf8').split('\n')[1]?.split(',').slice(-3).join();
    };
    expect(await said(at('steady.pcap'), '--case', at('one.json'))).toBe('malicious,first,');
    const both = [at('steady.pcap'), '--case', at('one.json'), '--case', at('two.json')];
    expect(await said(...both, '--save', at('both.beaconscope'))).toBe('benign,second,');
    expect(await said(at('both.beaconscope'))).toBe('benign,second,');
    expect(await said(at('both.beaconscope'), '--case', at('one.json'))).toBe('malicious,first,');
    const { output: json } = await call(...both, '--filter', 'verdict == benign', '--json');
    expect((JSON.parse(json) as { connections: unknown[] }).connections).toHaveLength(1);
  });

  it('refuses what is no case, says what of one it leaves out, and of a case alone how it is opened', async () => {
    writeFileSync(at('none.json'), '{"beaconscopeCase": 2, "remarks": []}');
    const none = await call(at('steady.pcap'), '--case', at('none.json'));
    expect([none.status, none.errors]).toEqual([2, expect.stringContaining('none.json: not a case that was saved')]);
    writeFileSync(at('part.json'), '{ "beaconscopeCase": 1, "remarks": [{}] }');
    const part = await call(at('steady.pcap'), '--case', at('part.json'));
    expect([part.status, part.errors]).toEqual([0, expect.stringContaining('part.json: 1 remark could not be read')]);
    const alone = await call(at('steady.pcap'), at('part.json'));
    expect(alone.errors).toContain('it is a saved case, which is opened with the captures that it is about');
    const over = await call(at('steady.pcap'), '--case', at('part.json'), '--save', at('part.json'));
    expect(over.status).toBe(2);
  });

  it('says in its exports what was said of connections', async () => {
    const said = { verdict: 'malicious', note: 'asked the owner', tags: ['c2'] } as const;
    const remarks = caseText(new Map([['10.0.0.1 > 203.0.113.9:5000/17', said]]), ['steady.pcap']);
    const { analysis } = await openedBytes(readFileSync(at('steady.beaconscope')));
    writeFileSync(at('case.beaconscope'), savedBytes(analysis, { remarks }));
    const places = ['--connections', at('case.csv'), '--report', at('case.html'), '--stix', at('case.json')];
    await call(at('case.beaconscope'), ...places);
    expect(readFileSync(at('case.csv'), 'utf8')).toMatch(/,verdict,note,tags\n.*,malicious,asked the owner,c2\n$/);
    // In the list and in the detail, and among the indicators as text and as STIX, there with the sighting too.
    expect(readFileSync(at('case.html'), 'utf8').match(/asked the owner/g)).toHaveLength(5);
    expect(readFileSync(at('case.json'), 'utf8')).toContain('"malicious-activity"');
    const met = async (filter: string): Promise<number> => {
      const { output: json } = await call(at('case.beaconscope'), '--filter', filter, '--json');
      return (JSON.parse(json) as { connections: unknown[] }).connections.length;
    };
    expect(await Promise.all(['verdict == malicious and tag:c2', 'note', 'not verdict', 'tag:c3'].map(met))).toEqual([
      1, 1, 0, 0,
    ]);
    const { output } = await call(at('case.beaconscope'), '--json');
    const { connections } = JSON.parse(output) as { connections: { remark: unknown }[] };
    expect(connections.map(({ remark }) => remark)).toEqual([said]);
  });

  it('asks for the capture where packets are wanted', async () => {
    for (const option of [
      ['--follow', '10.0.0.1,203.0.113.9,5000'],
      ['--requests', at('requests.txt')],
      ['--carve', at('carved.pcapng'), '--connection', '10.0.0.1,203.0.113.9,5000'],
    ]) {
      const { status, errors } = await call(at('steady.beaconscope'), ...option);
      expect(status).toBe(2);
      expect(errors).toMatch(
        /reads packets, and .*steady\.beaconscope holds none: name its captures instead: .*steady\.pcap \(SHA-256 [0-9a-f]{64}\)/,
      );
    }
  });

  it('holds the first packets of the listed connections where that is asked for', async () => {
    await call(at('steady.pcap'), '--save', at('packets.beaconscope'), '--with-packets', '--json');
    const opened = await openedBytes(readFileSync(at('packets.beaconscope')));
    expect(opened.packets).toEqual({ connections: 1, cut: 0, bytesEach: 4 << 20 });
    const options = [
      ['--follow', '10.0.0.1,203.0.113.9,5000'],
      ['--requests', '-'],
      ['--carve', at('carved.pcapng'), '--connection', '10.0.0.1,203.0.113.9,5000'],
    ];
    for (const option of options)
      expect(await call(at('packets.beaconscope'), ...option)).toEqual(await call(at('steady.pcap'), ...option));
    expect((await openedBytes(readFileSync(at('steady.beaconscope')))).pcapng).toBeNull();
    expect(await call(at('steady.pcap'), '--with-packets')).toMatchObject({ status: 2 });
  });

  it('is refused with a word where it is damaged or not alone', async () => {
    writeFileSync(at('cut.beaconscope'), readFileSync(at('steady.beaconscope')).subarray(0, 300));
    expect(await call(at('cut.beaconscope'))).toMatchObject({ status: 2, output: '' });
    expect((await call(at('cut.beaconscope'))).errors).toMatch(/^error: .*cut\.beaconscope: .*\(byte \d+\)\n$/);
    const { status, errors } = await call(at('steady.beaconscope'), at('steady.pcap'));
    expect(status).toBe(1);
    expect(errors).toContain('it is a saved analysis, which is opened by itself');
  });
});
