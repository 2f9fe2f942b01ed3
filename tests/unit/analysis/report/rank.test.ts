import { describe, expect, it } from 'vitest';
import { rowsByScore, valuesOf } from '../../../../src/analysis/report/rank.ts';
import { SCORES } from '../../../../src/analysis/scores/unscored.ts';
import { tablesOf } from '../connections/flow-columns.ts';

describe('rowsByScore', () => {
  it('puts the highest first, keeps equal ones in order, and no score last', () => {
    const { connections } = tablesOf(Array.from({ length: 6 }, (_, port) => ({ port })));
    const { notebook, corrected, rita, joined } = connections;
    for (const [score, column] of [
      ['notebook', notebook.Score],
      ['corrected', corrected.Score],
      ['rita', rita.score],
      ['rhythm', joined.strength],
    ] as const) {
      column.set([Number.NaN, 0.5, 1.2, 0.5, Number.NaN, 0]);
      expect([...rowsByScore(connections, score)], score).toEqual([2, 1, 3, 5, 0, 4]);
      column.fill(Number.NaN);
    }
  });

  it('orders by strength what rhythm scores 0', () => {
    const { connections } = tablesOf([{ port: 1 }, { port: 2 }]);
    connections.joined.score.set([0, 0]);
    connections.joined.strength.set([-7, -2]);
    expect([...rowsByScore(connections, 'rhythm')]).toEqual([1, 0]);
    expect([...valuesOf(connections, 'rhythm')]).toEqual([0, 0]);
    expect(SCORES.map((score) => valuesOf(connections, score).length)).toEqual([2, 2, 2, 2]);
  });
});
