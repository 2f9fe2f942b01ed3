import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { PartReports } from '../../../../src/fleet/hunt/part-reports.ts';
import { sampleCapture } from '../../../builders/sample.ts';

const analysis = await analyze([bufferSource(sampleCapture(), 'sample.pcap')], DEFAULT_SETTINGS);
const report = () => analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });

describe('reports of parts', () => {
  it('are one report in the order of the parts, whatever came first, with groups of their own', () => {
    const parts = new PartReports(1e6);
    for (const part of [2, 0]) parts.add(part, report());
    const { report: merged, groupStarts } = parts.merged(report);
    const { connections, groups } = report();
    expect(merged.connections.length).toBe(2 * connections.length);
    expect([...groupStarts]).toEqual([
      [0, 0],
      [2, groups],
    ]);
    expect(new Set(merged.connections.group).size).toBe(2 * connections.length);
  });

  it('keep the first rows by triage and the texts of those alone', () => {
    const parts = new PartReports(3);
    for (let part = 0; part < 5; part++) parts.add(part, report());
    const { report: merged } = parts.merged(report);
    const best = Math.max(...report().connections.triage.total);
    expect([...merged.connections.triage.total]).toEqual([best, best, best]);
    expect(parts.connections).toBe(5 * report().connections.length);
    const ends = new Set([...merged.connections.source, ...merged.connections.destination]);
    expect(textsOf(merged.addresses).length).toBe(ends.size);
  });
});
