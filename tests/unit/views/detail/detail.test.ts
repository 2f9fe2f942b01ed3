import { describe, expect, it } from 'vitest';
import { NOTEBOOK_COLUMNS } from '../../../../src/analysis/scores/notebook.ts';
import { deltasOf } from '../../../../src/views/detail/deltas.ts';
import { displayFilterOf } from '../../../../src/export/paste/wireshark.ts';
import { FRAME_GROUPS, formulaOf } from '../../../../src/views/detail/formulas.ts';
import type { FrameColumn } from '../../../../src/views/detail/formulas.ts';

describe('the paste line', () => {
  it.each([
    ['10.0.0.1', '10.0.0.2', 443, 6, 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && tcp.dstport == 443'],
    ['10.0.0.1', '10.0.0.2', 53, 17, 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && udp.dstport == 53'],
    ['fe80::1', 'ff02::fb', 5353, 17, 'ipv6.src == fe80::1 && ipv6.dst == ff02::fb && udp.dstport == 5353'],
    ['fe80::1', 'ff02::2', 0, 58, 'ipv6.src == fe80::1 && ipv6.dst == ff02::2 && icmpv6'],
    ['10.0.0.1', '10.0.0.2', 0, 6, 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && tcp'],
    ['10.0.0.1', '10.0.0.2', 0, 99, 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && ip.proto == 99'],
    ['::1', '::2', 0, 99, 'ipv6.src == ::1 && ipv6.dst == ::2 && ipv6.nxt == 99'],
  ])('from %s to %s port %d protocol %d', (source, destination, port, protocol, filter) => {
    expect(displayFilterOf(source, destination, port, protocol)).toBe(filter);
  });
});

describe('the arithmetic', () => {
  const values: Partial<Record<FrameColumn, number>> = {
    tsLow: 51, tsMid: 54, tsHigh: 57, tsBowleyNum: 0, tsBowleyDen: 6, tsConnDiv: 155.1, ConnectionCount: 259, dsSkew: -0.25,
    dsBowleyNum: -2.5, dsBowleyDen: 33.5, dsLow: 933, dsMid: 951, dsHigh: 966.5, tsScore: 0.9, dsScore: 0.5,
  };
  const formula = (column: FrameColumn, changed: Partial<Record<FrameColumn, number>> = {}) =>
    formulaOf(column, (name) => ({ ...values, ...changed })[name] ?? 0);

  it('shows every column of the frame once', () => {
    const listed = FRAME_GROUPS.flatMap(({ columns }) => columns);
    expect([...listed].sort()).toEqual([...NOTEBOOK_COLUMNS, 'ConnectionCount'].sort());
  });

  it('puts the numbers into the formulas', () => {
    expect(formula('tsBowleyNum')).toBe('51 + 57 − 2 × 54');
    expect(formula('dsSkew')).toBe('(−2.5) / 33.5');
    expect(formula('dsSkewScore')).toBe('1 − |−0.25|');
    expect(formula('tsConnCountScore')).toBe('min(1, 259 / 155.1)');
    expect(formula('Score')).toBe('(0.9 + 0.5) / 2');
    expect(formula('tsLow')).toBeNull();
  });

  it('says why a special case is 0', () => {
    expect(formula('tsSkew', { tsBowleyDen: 0 })).toBe('0, because tsBowleyDen is 0');
    expect(formula('tsSkew', { tsMid: 51 })).toBe('0, because tsMid equals tsLow');
    expect(formula('dsSkew', { dsMid: 966.5 })).toBe('0, because dsMid equals dsHigh');
    expect(formula('tsConnCountScore', { tsConnDiv: 0 })).toBe('0, because tsConnDiv is 0');
  });
});

it('deltas are the distances of starts', () => {
  expect([...deltasOf(Float64Array.of(5, 5, 65.5))]).toEqual([0, 60.5]);
  expect(deltasOf(new Float64Array(0))).toHaveLength(0);
});
