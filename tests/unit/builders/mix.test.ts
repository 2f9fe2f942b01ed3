import { bufferSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { textsOf } from '../../../src/analysis/memory/text-pool.ts';
import { enterpriseMix, type Mix } from '../../builders/mix.ts';

const capture = (mix: Mix): Buffer => Buffer.concat([...enterpriseMix(mix)]);

async function facts(bytes: Uint8Array): Promise<{ packets: number; averagePacket: number; warnings: number }> {
  const { packets, warnings } = await readPackets(bufferSource(bytes), () => {});
  return { packets, averagePacket: bytes.length / packets - 16, warnings: warnings.length };
}

describe('the enterprise mix', () => {
  it('is the same for the same seed, and another for another', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => capture({ bytes: 2e6, seed }));
    expect(first.equals(again)).toBe(true);
    expect(first.equals(other)).toBe(false);
  });

  it('has packets of the size that each mode stands for, and nothing that is damaged', async () => {
    const ordinary = await facts(capture({ bytes: 6e6 }));
    const small = await facts(capture({ bytes: 6e6, mode: 'small' }));
    expect([ordinary.warnings, small.warnings]).toEqual([0, 0]);
    expect(ordinary.averagePacket).toBeGreaterThan(350);
    expect(small.averagePacket).toBeLessThan(150);
  });

  it('has many flows for its bytes, names, and implants that call home', async () => {
    const source = bufferSource(capture({ bytes: 8e6, duration: 1200 }), 'mix.pcap');
    const analysis = await analyze([source], DEFAULT_SETTINGS);
    const report = analysis.report(DEFAULT_SETTINGS);
    expect(report.flows).toBeGreaterThan(2000);
    expect(textsOf(report.names).filter((name) => name.startsWith('c2-')).length).toBeGreaterThan(30);
    expect(analysis.flows.names.some((name) => /^h\d\.site\d+\.(com|net|org|io|co\.uk)$/.test(name))).toBe(true);
  });
});
