import { describe, expect, it } from 'vitest';
import { countText } from '../../../src/analysis/count-text.ts';

describe('countText', () => {
  it('groups by thousands and rounds to as many decimals as are asked for', () => {
    expect(countText(412_881)).toBe('412,881');
    expect(countText(1234.6)).toBe('1,235');
    expect(countText(1234.56789, 3)).toBe('1,234.568');
    expect(countText(0.5, 6)).toBe('0.5');
  });
});
