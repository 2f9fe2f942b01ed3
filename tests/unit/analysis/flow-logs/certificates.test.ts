import { expect, it } from 'vitest';
import { Certificates } from '../../../../src/analysis/flow-logs/certificates.ts';
import { SIGNS } from '../../../../src/analysis/protocols/signs.ts';

const ROOM = 1 << 18;

it('certificates of logs are kept by what they are called, as far as there is room', () => {
  const certificates = new Certificates();
  certificates.add('', 1, true);
  for (let number = 0; number < ROOM; number++) certificates.add(`F${number}`, number + 1, number === 0);
  expect(certificates.leftOut).toBe(0);
  certificates.add('one more', 9, true);
  expect(certificates.leftOut).toBe(1);
  expect(['', 'F0', `F${ROOM - 1}`, 'one more'].map((id) => certificates.get(id))).toEqual([0, 1, ROOM, 0]);
  expect(['F0', 'F1', 'one more'].map((id) => certificates.signs(id))).toEqual([SIGNS.lasting, 0, 0]);
});
