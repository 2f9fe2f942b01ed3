import { describe, expect, it } from 'vitest';
import { MissingNames } from '../../../../src/analysis/dns/missing-names.ts';

/** Labels without vowels, as a generator makes them. */
const random = (index: number): string => `xqzvbkwrt${'bcdfghjklmnp'[index % 12]}${index}.example`;

describe('MissingNames', () => {
  it('tells a client that asks for generated names from one that mistypes', () => {
    const missing = new MissingNames();
    for (let index = 0; index < 12; index++) {
      missing.add(7, random(index));
      missing.add(7, random(index));
      missing.add(8, `retired${'abcdefghijkl'[index]}.example`);
    }
    for (let index = 0; index < 9; index++) missing.add(9, random(index));
    expect(missing.generators()).toEqual([{ client: 7, names: 12 }]);
  });

  it('wants a good part of them to look random', () => {
    const missing = new MissingNames();
    for (let index = 0; index < 12; index++) missing.add(1, random(index));
    for (let index = 0; index < 60; index++) missing.add(1, `old-host-${index}.example`);
    expect(missing.generators()).toEqual([]);
  });
});
