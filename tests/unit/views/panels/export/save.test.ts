import { expect, it } from 'vitest';
import { fileName } from '../../../../../src/views/panels/export/save.ts';

it('says what is in a file and when it was made, in UTC', () => {
  expect(fileName('flows', 'csv', Date.UTC(2024, 0, 31, 17, 59, 59, 999))).toBe(
    'beaconscope-flows-20240131-175959.csv',
  );
});
