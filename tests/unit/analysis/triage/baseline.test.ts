import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { ZONES } from '../../../../src/analysis/net/zones.ts';
import { BASELINE_ROOM, baselineOf, type Baseline, mergedBaselines } from '../../../../src/analysis/triage/baseline.ts';
import { NOVELTY, Novelty } from '../../../../src/analysis/triage/novelty.ts';
import { linesOf, sumOf } from '../../../../src/analysis/triage/lines.ts';
import { isBaseline, openBaseline, savedBaseline } from '../../../../src/saved/baselines.ts';
import { mostBytes } from '../../../../src/saved/unpack.ts';
import { flowColumns, type FlowRow } from '../connections/flow-columns.ts';
import { someFacts } from './facts.ts';

const DAY_MS = 86_400_000;
const [INTERNAL, EXTERNAL] = [ZONES.indexOf('internal'), ZONES.indexOf('external')];

function flowsOf(rows: readonly FlowRow[]) {
  const flows = flowColumns(rows.map((row) => ({ source: '10.0.0.1', firstMs: DAY_MS, ...row })));
  const places = Uint8Array.from(flows.addresses.texts(), (text) => (text.startsWith('10.') ? INTERNAL : EXTERNAL));
  return { flows, places };
}

function baseline(rows: readonly FlowRow[]): Baseline {
  const { flows, places } = flowsOf(rows);
  return baselineOf(flows, places);
}

/** What of some flows a baseline does not know, each flow as a connection of its own. */
function noveltyOf(before: Baseline, rows: readonly FlowRow[]) {
  const { flows, places } = flowsOf(rows);
  const novelty = new Novelty(flows, places, before);
  return rows.map((_, flow) => novelty.of(Uint32Array.of(flow)));
}

const texts = ({ kind, text, offsets }: Baseline): string[] =>
  text.map((own, thing) => `${kind[thing]} ${own} ${offsets[thing + 1] - offsets[thing]}`);

describe('a baseline', () => {
  const yesterday = baseline([
    { destination: '203.0.113.1', name: 'WWW.example.com.', ja4: 't13d' },
    { source: '10.0.0.2', destination: '203.0.113.1', name: 'www.example.com' },
    { destination: '203.0.113.2' },
    { source: '198.51.100.1', destination: '10.0.0.9' },
  ]);

  it('remembers destinations, names and fingerprints of internal hosts, with their hosts', () => {
    expect(texts(yesterday)).toEqual(['0 203.0.113.1 2', '1 www.example.com 2', '2 t13d 1', '0 203.0.113.2 1']);
    expect(yesterday.hosts).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(yesterday).toMatchObject({ fromMs: DAY_MS, leftOut: 0 });
  });

  it('leaves only what is of today as new: by its name, and by its address where it has none', () => {
    const found = noveltyOf(yesterday, [
      { destination: '203.0.113.77', name: 'www.example.com' },
      { destination: '203.0.113.1', name: 'other.example.com' },
      { destination: '203.0.113.2' },
      { destination: '203.0.113.3' },
      { source: '10.0.0.7', destination: '203.0.113.1', name: 'www.example.com', ja4: 't13x' },
      { source: '198.51.100.9', destination: '10.0.0.9' },
    ]);
    expect(found).toEqual([
      { bits: 0, hosts: 2 },
      { bits: NOVELTY.destination, hosts: 0 },
      { bits: 0, hosts: 1 },
      { bits: NOVELTY.destination, hosts: 0 },
      { bits: NOVELTY.software, hosts: 2 },
      { bits: 0, hosts: 0 },
    ]);
  });

  it('is the same whether it is made of all days at once or day by day', () => {
    const days: FlowRow[][] = [
      [{ destination: '203.0.113.1', name: 'a.example' }],
      [{ source: '10.0.0.2', destination: '203.0.113.1', firstMs: 2 * DAY_MS }, { destination: '203.0.113.5' }],
      [{ destination: '203.0.113.9', name: 'a.example', firstMs: 3 * DAY_MS }],
    ];
    expect(mergedBaselines(days.map(baseline))).toEqual(baseline(days.flat()));
    expect(mergedBaselines([])).toEqual(baseline([]));
  });

  it('has room for so many things and their hosts, and counts what finds none', () => {
    const { flows, places } = flowsOf([
      { destination: '203.0.113.1' },
      { source: '10.0.0.2', destination: '203.0.113.1' },
      { destination: '203.0.113.2' },
      { source: '10.0.0.3', destination: '203.0.113.1' },
      { destination: '203.0.113.3' },
    ]);
    const full = baselineOf(flows, places, { things: 2, pairs: 3 });
    expect([texts(full), full.leftOut]).toEqual([['0 203.0.113.1 2', '0 203.0.113.2 1'], 2]);
    const merged = mergedBaselines([full, baselineOf(flows, places)], { things: 1, pairs: 9 });
    expect([texts(merged), merged.leftOut]).toEqual([['0 203.0.113.1 3'], 5]);
  });

  it('has no more room than a file that can be opened again', () => {
    const { things, pairs } = BASELINE_ROOM;
    // Columns of a kind, two times, an offset and the length of a text, and of a host.
    expect(things * (1 + 2 * 8 + 4 + 4) + pairs * 4).toBeLessThan(mostBytes(Number.POSITIVE_INFINITY));
  });

  it('is a small file that is read back, told by its content', async () => {
    const bytes = Buffer.concat([...savedBaseline(yesterday)]);
    expect(bytes.length).toBeLessThan(1000);
    expect(await isBaseline(bufferSource(bytes))).toBe(true);
    expect(await openBaseline(bufferSource(bytes))).toEqual(yesterday);
    await expect(openBaseline(bufferSource(bytes.subarray(0, 80)))).rejects.toThrow(/cut|end/);
    const broken = { ...yesterday, offsets: Uint32Array.of(0, 3, 2, 4, 5) };
    await expect(openBaseline(bufferSource(Buffer.concat([...savedBaseline(broken)])))).rejects.toThrow(
      'does not go up',
    );
    const outside = { ...yesterday, host: yesterday.host.map(() => 9) };
    await expect(openBaseline(bufferSource(Buffer.concat([...savedBaseline(outside)])))).rejects.toThrow('its range');
  });
});

describe('lines of a baseline', () => {
  const before = { fromMs: 0, toMs: Date.UTC(2026, 2, 1, 12), hosts: 20, things: 5, leftOut: 0 };
  const phrases = (changes: Parameters<typeof someFacts>[0]): string[] => {
    const all = someFacts(changes);
    return linesOf(sumOf(all).bits, all).map(({ points, phrase }) => `${points} ${phrase}`);
  };

  it('say what was not seen before, and what was common', () => {
    expect(phrases({ baseline: before, novelty: NOVELTY.destination })).toContain('1 not seen before 2026-03-01');
    expect(phrases({ baseline: before, novelty: NOVELTY.software })).toContain(
      '0 a client fingerprint not seen before 2026-03-01',
    );
    expect(phrases({ baseline: before, hostsBefore: 6 })).toContain('-2 common before: 6 of 20 hosts went there');
    expect(phrases({ baseline: before, hostsBefore: 5 }).join()).not.toContain('common before');
    expect(phrases({ baseline: { ...before, hosts: 9 }, hostsBefore: 9 }).join()).not.toContain('common before');
    expect(phrases({ baseline: before, hostsBefore: 6, hosts: 9, allHosts: 20 }).join()).not.toContain('common before');
    expect(phrases({}).join()).not.toMatch(/before/);
  });
});
