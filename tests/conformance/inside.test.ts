import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowsByScore } from '../../src/analysis/report/rank.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { LEVELS } from '../../src/analysis/sessions/joined.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { analyzeFile } from './captures.ts';
import { sharedFolder } from './shared.ts';

const captures = sharedFolder('captures');

describe.skipIf(captures === null)('check-ins inside one connection (../shared/captures/c2)', () => {
  it.each([
    ['asyncrat-cd010953.pcap', '181.131.218.39', 13.5],
    ['strrat-4423258f.pcap', '185.255.114.40', 5],
    ['long_connection.pcap', '192.168.2.21', 30],
  ])('%s: %s every %d s comes first', async (file, server, intervalS) => {
    const analysis = await analyzeFile(path.join(captures ?? '', 'c2', file));
    const { connections, addresses, insideOnly } = analysis.report(DEFAULT_SETTINGS);
    const [row] = rowsByScore(connections, 'rhythm');
    expect(textsOf(addresses)[connections.destination[row]]).toBe(server);
    expect(LEVELS[connections.joined.level[row]]).toBe('inside');
    expect(connections.joined.score[row]).toBeGreaterThanOrEqual(0.5);
    expect(connections.joined.intervalS[row]).toBeCloseTo(intervalS, 1);
    expect(connections.flows[row]).toBe(1);
    expect(insideOnly).toBe(1);
    const { session } = analysis.detail(connections.group[row]);
    expect(session?.length).toBe(session?.seen);
    expect(session?.inner?.best?.rhythm.present).toBeGreaterThan(10);
  });

  it('are pieces of one session where timeouts cut it', async () => {
    const analysis = await analyzeFile(path.join(captures ?? '', 'c2', 'long_connection.pcap'));
    const { connections, long } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    expect([...connections.flows]).toEqual([1, 3]);
    expect([...connections.pieces]).toEqual([4, 4]);
    expect([...connections.piecedSessions]).toEqual([1, 1]);
    expect([long.length, long.flows[0], long.level[0], long.open[0]]).toEqual([1, 4, 1, 1]);
  });
});
