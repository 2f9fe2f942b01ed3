import { describe, expect, it } from 'vitest';
import { portIn, wholeNumber } from '../../../src/analysis/whole-number.ts';

describe('wholeNumber', () => {
  it.each([
    ['0', 0],
    ['007', 7],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740992', null],
    ['00000000000000001', null],
    ['', null],
    [' 1', null],
    ['+1', null],
    ['-1', null],
    ['1.0', null],
    ['1e3', null],
    ['0x10', null],
    ['١', null],
  ])('reads %j as %j', (text, number) => {
    expect(wholeNumber(text)).toBe(number);
  });

  it('takes nothing above a limit, and no more digits than that has', () => {
    expect(portIn('65535')).toBe(65_535);
    expect(portIn('65536')).toBeNull();
    expect(portIn('000080')).toBeNull();
    expect(wholeNumber('128', 128)).toBe(128);
  });
});
