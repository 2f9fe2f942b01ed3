import { describe, expect, it } from 'vitest';
import { groupFlows } from '../../../../src/analysis/connections/group.ts';
import { rowsByScore } from '../../../../src/analysis/connections/rank.ts';
import { buildReportTables } from '../../../../src/analysis/connections/table.ts';
import { flowColumns } from './flow-columns.ts';

describe('rowsByScore', () => {
  it('puts the highest first, keeps equal ones in order, and no score last', () => {
    const flows = flowColumns(Array.from({ length: 6 }, (_, port) => ({ port })));
    const { connections } = buildReportTables(flows, groupFlows(flows), 0);
    connections.notebook.Score.set([Number.NaN, 0.5, 1.2, 0.5, Number.NaN, 0]);
    expect([...rowsByScore(connections)]).toEqual([2, 1, 3, 5, 0, 4]);
  });
});
