import { expect, it } from 'vitest';
import { createInnerColumns } from '../../../../src/analysis/sessions/inner-columns.ts';

it('of connections without a session no memory is touched', () => {
  const columns = Object.values(createInnerColumns(100));
  expect(columns.every((column) => column.every((value) => value === 0))).toBe(true);
});
