import { describe, expect, it } from 'vitest';
import { SORT_BITS, type Sort } from '../../../../src/analysis/connections/sorts.ts';
import type { FlowRow } from './flow-columns.ts';
import { tablesOf } from './flow-columns.ts';

/** The sorts of the one connection that these flows make up. */
function sortsOf(...rows: FlowRow[]): Sort[] {
  const { sorts } = tablesOf(rows, { grouping: 'src,dst' }).connections;
  expect(sorts).toHaveLength(1);
  return (Object.keys(SORT_BITS) as Sort[]).filter((sort) => (sorts[0] & SORT_BITS[sort]) !== 0);
}

const OUT = { destination: '203.0.113.9' };

describe('sorts of connections', () => {
  it('are none for a connection to the outside', () => {
    expect(sortsOf(OUT)).toEqual([]);
  });

  it('tell many receivers', () => {
    expect(sortsOf({ destination: 'ff02::fb' })).toEqual(['multicast']);
    expect(sortsOf({ destination: '255.255.255.255', source: '203.0.113.1' })).toEqual(['multicast']);
  });

  it('tell what stays inside, by both ends', () => {
    expect(sortsOf({ source: '10.0.0.1', destination: '192.168.0.1' })).toEqual(['internal']);
    expect(sortsOf({ source: '203.0.113.1', destination: '192.168.0.1' })).toEqual([]);
  });

  it.each([67, 68, 123, 137, 138, 546, 547, 1900, 5353, 5355])('tell the clock on UDP port %i', (port) => {
    expect(sortsOf({ ...OUT, protocol: 17, port })).toEqual(['clock']);
    expect(sortsOf({ ...OUT, protocol: 6, port })).toEqual([]);
  });

  it('hold only for what all flows share', () => {
    const clock = { ...OUT, protocol: 17, port: 123 };
    expect(sortsOf(clock, { ...OUT, protocol: 17, port: 53 })).toEqual([]);
    expect(sortsOf({ ...OUT, failed: true }, { ...OUT, failed: true })).toEqual(['failed']);
    expect(sortsOf({ ...OUT, failed: true }, OUT)).toEqual([]);
  });
});
