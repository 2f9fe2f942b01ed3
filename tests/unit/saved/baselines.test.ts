import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { Baseline } from '../../../src/analysis/triage/baseline.ts';
import { openBaseline, savedBaseline, withoutBaselines } from '../../../src/saved/baselines.ts';
import { SavedFault } from '../../../src/saved/unpack.ts';
import { steadyCapture } from '../cli/captures.ts';

const capture = bufferSource(steadyCapture(12), 'steady.pcap');
const analysis = await analyze([capture], DEFAULT_SETTINGS);
analysis.report(DEFAULT_SETTINGS);
const bytes = new Uint8Array(Buffer.concat([...savedBaseline(analysis.ownBaseline())]));
const whole = bufferSource(bytes, 'yesterday.baseline');
const damaged = bufferSource(
  bytes.map((byte, at) => (at === bytes.length - 6 ? byte ^ 0xff : byte)),
  'damaged.baseline',
);

describe('baselines beside captures', () => {
  it('are read, and say together what they say', async () => {
    const { captures, baseline } = await withoutBaselines([capture, whole, whole]);
    expect(captures).toEqual([capture]);
    expect(baseline?.hosts).toEqual(['10.0.0.1']);
    expect(await withoutBaselines([capture])).toEqual({ captures: [capture], baseline: null });
  });

  it('are named where they are damaged, and end nothing', async () => {
    const { captures, baseline } = await withoutBaselines([damaged, capture, whole]);
    expect(baseline?.hosts).toEqual(['10.0.0.1']);
    const read = await analyze(captures, DEFAULT_SETTINGS);
    expect(read.flows.length).toBe(12);
    const unread = read.captures.find(({ file }) => file === 'damaged.baseline');
    expect(unread).toMatchObject({ format: null });
    expect(unread?.warnings[0].message).toMatch(/a baseline, with which nothing is compared: .*damaged/);
  });

  it('that are cut say so, and of nothing that it is kept', async () => {
    const cut = bufferSource(bytes.subarray(0, -20), 'cut.baseline');
    await expect(openBaseline(cut)).rejects.toThrow(/^the gzip data ends too early: another copy may be whole$/);
  });

  it('are refused where what they point to is not there', async () => {
    const own: Baseline = {
      ...analysis.ownBaseline(),
      kind: Uint8Array.of(0, 0),
      text: ['a.example', 'b.example'],
      firstMs: Float64Array.of(0, 0),
      lastMs: Float64Array.of(0, 0),
      offsets: Uint32Array.of(0, 1, 1),
      host: Uint32Array.of(0),
    };
    const opened = (changed: Partial<Baseline>) =>
      openBaseline(bufferSource(new Uint8Array(Buffer.concat([...savedBaseline({ ...own, ...changed })]))));
    expect(await opened({})).toEqual(own);
    await expect(opened({ offsets: own.offsets.toReversed() })).rejects.toThrow(/offsets does not go up/);
    await expect(opened({ offsets: Uint32Array.of(0, 1, 2) })).rejects.toThrow(SavedFault);
    await expect(opened({ host: Uint32Array.of(1) })).rejects.toThrow(SavedFault);
    await expect(opened({ kind: Uint8Array.of(0, 200) })).rejects.toThrow(SavedFault);
    await expect(opened({ text: ['a.example'] })).rejects.toThrow(SavedFault);
  });

  it('need a capture beside them', async () => {
    await expect(withoutBaselines([whole])).rejects.toThrow(/drop it beside a capture/);
    await expect(withoutBaselines([whole, damaged])).rejects.toMatchObject({
      name: 'SavedFault',
      message: expect.stringContaining('damaged') as string,
    });
  });
});
