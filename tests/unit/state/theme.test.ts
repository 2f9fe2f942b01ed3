import { expect, it } from 'vitest';
import { themeOf } from '../../../src/state/theme.ts';

it('takes only themes it knows from storage', () => {
  expect(themeOf('dark')).toBe('dark');
  expect(themeOf('light')).toBe('light');
  expect(themeOf(null)).toBe('auto');
  expect(themeOf('<script>')).toBe('auto');
});
