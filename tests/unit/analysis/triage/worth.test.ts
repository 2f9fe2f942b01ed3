import { afterEach, expect, it, vi } from 'vitest';
import { RULES } from '../../../../src/analysis/triage/lines.ts';
import { LISTED_POINTS, leastListed } from '../../../../src/analysis/triage/worth.ts';

import { tablesOf } from '../connections/flow-columns.ts';

afterEach(() => vi.restoreAllMocks());

const points = (...counts: number[]): Uint32Array =>
  Uint32Array.of(...Array<number>(LISTED_POINTS).fill(0), ...counts, 0);

it('of connections that are listed for their points alone 5,000 are, those of most points, and the rest is counted', () => {
  expect(leastListed(points(4000, 1000))).toEqual({ least: LISTED_POINTS, leftOut: 0 });
  expect(leastListed(points(4000, 1000, 1))).toEqual({ least: LISTED_POINTS + 1, leftOut: 4000 });
  expect(leastListed(points(1, 1, 5001))).toEqual({ least: LISTED_POINTS + 3, leftOut: 5003 });
});

it('points of connections that are alike but for their addresses and times are added up once', () => {
  const rule = RULES.find(({ id }) => id === 'inside');
  const applies = vi.spyOn(rule!, 'applies');
  const rows = Array.from({ length: 2000 }, (_, row) => ({
    source: `10.0.${row >> 8}.${row & 255}`,
    destination: `48.0.${row >> 8}.${row & 255}`,
    firstMs: 1000 * row,
    bytesSent: row % 2 === 0 ? 60 : 1500,
  }));
  expect(tablesOf(rows, { minFlows: 4 }).connections.length).toBe(0);
  expect(applies.mock.calls.length).toBeGreaterThan(0);
  expect(applies.mock.calls.length).toBeLessThan(20);
});
