import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ByteSource } from 'pcap-ts-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { fileSources } from '../../../src/cli/captures.ts';
import { conversationNotes } from '../../../src/evidence/conversation-text.ts';
import { evidenceText } from '../../../src/evidence/exchange-text.ts';
import { follow } from '../../../src/evidence/follow.ts';
import { keptPackets } from '../../../src/evidence/keep-packets.ts';
import { readEvidence } from '../../../src/evidence/read-evidence.ts';
import { carve } from '../../../src/export/carve.ts';
import { steadyCapture } from '../cli/captures.ts';

const PLACE = { source: '10.0.0.1', destination: '203.0.113.9', port: 5000 };
const ENDS = { ...PLACE, sourcePort: null, protocol: 17, spanMs: null };

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  for (const name of ['a.pcap', 'b.pcap']) writeFileSync(at(name), steadyCapture(12));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Whatever reads captures once more, and what it says was not read. */
const READINGS: [string, (sources: readonly ByteSource[]) => Promise<{ unread: string }>][] = [
  ['cutting packets out', (sources) => carve(sources, [PLACE], DEFAULT_SETTINGS, () => {})],
  ['reading requests', async (sources) => (await readEvidence(sources, [[ENDS]], DEFAULT_SETTINGS))[0]],
  ['putting a flow together', (sources) => follow(sources, [ENDS], DEFAULT_SETTINGS)],
  ['keeping packets', (sources) => keptPackets(sources, [[ENDS]], DEFAULT_SETTINGS)],
];

describe.each(READINGS)('%s', (_, reading) => {
  it.each([
    ['is gone', () => rmSync(at('b.pcap')), 'from byte 0 on: it cannot be read (ENOENT)'],
    ['was cut', () => truncateSync(at('b.pcap'), 400), 'from byte 400 on: the file changed while it was read'],
  ])('says of a capture that %s since the analysis that not all was read', async (_what, change, words) => {
    for (const names of [['a.pcap', 'b.pcap'], ['b.pcap']]) {
      const { sources } = await fileSources(names.map(at));
      await analyze(sources, DEFAULT_SETTINGS);
      expect((await reading(sources)).unread).toBe('');
      change();
      expect((await reading(sources)).unread).toContain(`Not all was read: ${at('b.pcap')} ${words}`);
      writeFileSync(at('b.pcap'), steadyCapture(12));
    }
  });
});

it('what was not read is among the words of a flow and of requests', async () => {
  const { sources } = await fileSources([at('a.pcap'), at('b.pcap')]);
  rmSync(at('b.pcap'));
  expect(conversationNotes(await follow(sources, [ENDS], DEFAULT_SETTINGS))[0]).toMatch(/^Not all was read/);
  const [found] = await readEvidence(sources, [[ENDS]], DEFAULT_SETTINGS);
  for (const evidence of [found, { ...found, packets: 0 }])
    expect(evidenceText(evidence)).toContain('Not all was read');
});
