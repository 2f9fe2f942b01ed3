import { describe, expect, it } from 'vitest';
import { connectionDetail } from '../../../../src/analysis/connections/detail.ts';
import { groupFlows } from '../../../../src/analysis/flows/group.ts';
import { MergedFlows } from '../../../../src/analysis/connections/merged-flows.ts';
import type { ConnectionDetail } from '../../../../src/analysis/connections/connection-detail.ts';
import { DEFAULT_SETTINGS, type ListSettings } from '../../../../src/analysis/settings.ts';
import { CONTINUED } from '../../../../src/analysis/flows/columns.ts';
import type { FlowRow } from './flow-columns.ts';
import { flowColumns, noSessions, spanOf, tablesOf } from './flow-columns.ts';

describe('connectionDetail', () => {
  const flows = flowColumns([
    { port: 80, name: 'other.example' },
    { firstMs: 3_000, lastMs: 4_000, sourcePort: 3, name: 'b.example', nameSource: 'tls', expirationId: 1 },
    { firstMs: 1_000, lastMs: 9_000, sourcePort: 1, name: 'a.example', nameSource: 'dns', protocol: 17 },
    {
      firstMs: 3_000,
      lastMs: 3_500,
      sourcePort: 4,
      bytesSent: 7,
      bytesReceived: 8,
      packetsSent: 9,
      packetsReceived: 10,
    },
    { firstMs: 1_000, lastMs: 1_000, sourcePort: 2, name: 'a.example', nameSource: 'dns' },
  ]);
  const groups = groupFlows(flows, 'src,dst,port');
  const list: ListSettings = { ...DEFAULT_SETTINGS, minFlows: 0, notebookMinFlows: 1 };
  const span = { firstMs: 0, lastMs: 9_000 };
  const detail = (group: number): Omit<ConnectionDetail, 'inVlans'> => {
    const members = groups.order.subarray(groups.offsets[group], groups.offsets[group + 1]);
    return connectionDetail(new MergedFlows(flows), noSessions(flows, groups), group, members, list, span, 0);
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
      { name: 'a.example', source: 'dns', flows: 2 },
      { name: 'b.example', source: 'tls', flows: 1 },
    ]);
    expect(detail(0).names).toEqual([{ name: 'other.example', source: '', flows: 1 }]);
  });

  it('leaves the groups as they were', () => {
    expect([...groups.order]).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('the scores of a detail', () => {
  const minute = 60_000;
  const rows: FlowRow[] = [
    ...[0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12].map((at) => ({
      firstMs: at * minute,
      bytesSent: 200,
      ipBytesSent: 150,
    })),
    { firstMs: 3 * minute + 500, begin: CONTINUED, firstPiece: 3, ipBytesSent: 1000 },
    { firstMs: 40 * minute, lastMs: 42 * minute, port: 53 },
  ];
  const detailUnder = (list: Partial<ListSettings>): Omit<ConnectionDetail, 'inVlans'> => {
    const flows = flowColumns(rows);
    const groups = groupFlows(flows, 'src,dst,port');
    const members = groups.order.subarray(groups.offsets[1], groups.offsets[2]);
    const settings: ListSettings = { ...DEFAULT_SETTINGS, minFlows: 0, ...list };
    return connectionDetail(new MergedFlows(flows), noSessions(flows, groups), 1, members, settings, spanOf(rows), 0);
  };

  it('equal those of the table, and say where the rhythm shows', () => {
    const detail = detailUnder({});
    const { connections } = tablesOf(rows);
    expect(detail.rhythm).toMatchObject({
      score: connections.rhythm.score[1],
      intervalS: 60,
      present: 12,
      expected: 13,
    });
    expect(detail.rita.score).toBe(connections.rita.score[1]);
    expect(detail.notebook).toMatchObject({
      score: connections.notebook.Score[1],
      tsMid: 60,
      Score: connections.notebook.Score[1],
    });
    expect(detail.corrected.score).toBe(connections.corrected.Score[1]);
    expect(detail.won?.events.checkInsMs).toHaveLength(12);
    expect([...(detail.won?.events.checkInPeriods ?? [])]).toEqual([0, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1]);
    expect(detail.won?.events.missedMs).toEqual(Float64Array.of(7 * minute));
  });

  it('see through the flow meter', () => {
    const { length, checkInsMs, checkInBytes, begin } = detailUnder({});
    expect([length, checkInsMs.length, checkInBytes[3], checkInBytes[4]]).toEqual([13, 12, 1150, 150]);
    expect([...begin].filter((how) => how === CONTINUED)).toHaveLength(1);
  });

  it('give a reason where there is none', () => {
    const { notebook, corrected } = detailUnder({ notebookMinFlows: 13 });
    expect([notebook, corrected]).toEqual([
      { score: null, reason: 'too few flows for the notebook' },
      { score: null, reason: 'too few flows for the notebook' },
    ]);
    expect(detailUnder({ grouping: 'src,dst' }).notebook).toEqual({
      score: null,
      reason: 'the notebook groups by source, destination and port',
    });
  });

  it('say how long an interval the capture can speak of', () => {
    expect(detailUnder({})).toMatchObject({
      captureFirstMs: 0,
      captureLastMs: 42 * minute,
      longestIntervalMs: 7 * minute,
    });
  });
});
