import { describe, expect, it } from 'vitest';
import { connectionDetail } from '../../../../src/analysis/connections/detail.ts';
import { groupFlows } from '../../../../src/analysis/connections/group.ts';
import { SeenThrough } from '../../../../src/analysis/connections/seen-through.ts';
import type { ConnectionDetail } from '../../../../src/analysis/report.ts';
import type { ListSettings } from '../../../../src/analysis/settings.ts';
import { flowColumns } from './flow-columns.ts';

describe('connectionDetail', () => {
  const flows = flowColumns([
    { port: 80, name: 'other.example' },
    { firstMs: 3_000, lastMs: 4_000, sourcePort: 3, name: 'b.example', nameSource: 'tls', expirationId: 1 },
    { firstMs: 1_000, lastMs: 9_000, sourcePort: 1, name: 'a.example', nameSource: 'dns', protocol: 17 },
    { firstMs: 3_000, lastMs: 3_500, sourcePort: 4, bytesSent: 7, bytesReceived: 8, packetsSent: 9, packetsReceived: 10 },
    { firstMs: 1_000, lastMs: 1_000, sourcePort: 2, name: 'a.example', nameSource: 'dns' },
  ]);
  const groups = groupFlows(flows, 'src,dst,port');
  const list: ListSettings = { minFlows: 0, notebookMinFlows: 1, grouping: 'src,dst,port' };
  const detail = (group: number): ConnectionDetail => {
    const members = groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]);
    return connectionDetail(new SeenThrough(flows), members, list, { firstMs: 0, lastMs: 9_000 });
  };

  it('lists the flows by start, ties in order of emission', () => {
    expect(detail(1)).toMatchObject({
      length: 4,
      id: Uint32Array.of(2, 4, 1, 3),
      startMs: Float64Array.of(1_000, 1_000, 3_000, 3_000),
      endMs: Float64Array.of(9_000, 1_000, 4_000, 3_500),
      protocol: Uint8Array.of(17, 6, 6, 6),
      sourcePort: Uint16Array.of(1, 2, 3, 4),
      packetsSent: Uint32Array.of(1, 1, 1, 9),
      packetsReceived: Uint32Array.of(0, 0, 0, 10),
      bytesSent: Float64Array.of(60, 60, 60, 7),
      bytesReceived: Float64Array.of(0, 0, 0, 8),
      expirationId: Uint8Array.of(0, 0, 1, 0),
    });
  });

  it('counts every name with its source, most used first', () => {
    expect(detail(1).names).toEqual([
      { name: 'a.example', source: 'dns', flows: 2 }, { name: 'b.example', source: 'tls', flows: 1 },
    ]);
    expect(detail(0).names).toEqual([{ name: 'other.example', source: '', flows: 1 }]);
  });

  it('leaves the groups as they were', () => {
    expect([...groups.order]).toEqual([0, 1, 2, 3, 4]);
  });
});
