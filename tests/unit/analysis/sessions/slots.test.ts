import { describe, expect, it } from 'vitest';
import { Details } from '../../../../src/analysis/sessions/details.ts';
import { STRIDE } from '../../../../src/analysis/sessions/record.ts';
import { SlotPool } from '../../../../src/analysis/sessions/slots.ts';

describe('SlotPool', () => {
  it('keeps its last quarter for those that have shown that they go on', () => {
    const pool = new SlotPool(8);
    const taken = Array.from({ length: 7 }, () => pool.take(-1, false));
    expect(taken).toEqual([0, 1, 2, 3, 4, 5, -1]);
    expect([pool.take(5, true), pool.take(6, true), pool.take(7, true)]).toEqual([6, 7, -1]);
    expect([pool.following(5), pool.following(6), pool.following(7)]).toEqual([6, 7, -1]);
  });

  it('takes no more than 64 MB', () => {
    const pool = new SlotPool();
    while (pool.take(-1, true) !== -1);
    expect(pool.bytes).toBeLessThanOrEqual(64e6);
    expect(pool.bytes).toBeGreaterThan(63e6);
  });
});

describe('messages of many sessions', () => {
  it('are lost and counted when there is no more room', () => {
    const details = new Details(new SlotPool(8));
    const records = new Int32Array(STRIDE * 7);
    const made = Array.from({ length: 7 }, (_, index) => details.create(records, index * STRIDE));
    expect(made).toEqual([true, true, true, true, true, true, false]);
    for (let message = 0; message < 9; message++) details.append(0, 0, message, 0, true, 1);
    expect(details.lost).toBe(9);
  });
});
