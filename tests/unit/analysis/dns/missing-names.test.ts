import { describe, expect, it } from 'vitest';
import { MissingNames } from '../../../../src/analysis/dns/missing-names.ts';
import { asked } from './asked.ts';

/** Labels without vowels, as a generator makes them. */
const random = (index: number): string => `xqzvbkwrt${'bcdfghjklmnp'[index % 12]}${index}.example`;

describe('MissingNames', () => {
  it('tells a client that asks for generated names from one that mistypes', () => {
    const missing = new MissingNames();
    for (let index = 0; index < 12; index++) {
      missing.add(7, asked(random(index)));
      missing.add(7, asked(random(index)));
      missing.add(8, asked(`retired${'abcdefghijkl'[index]}.example`));
    }
    for (let index = 0; index < 9; index++) missing.add(9, asked(random(index)));
    expect(missing.generators()).toEqual([{ client: 7, names: 12 }]);
  });

  it('wants a good part of them to look random', () => {
    const missing = new MissingNames();
    for (let index = 0; index < 12; index++) missing.add(1, asked(random(index)));
    for (let index = 0; index < 60; index++) missing.add(1, asked(`old-host-${index}.example`));
    expect(missing.generators()).toEqual([]);
  });

  it('finds a generator behind more clients than are kept, and counts what gave way', () => {
    const missing = new MissingNames(20);
    for (let client = 100; client < 140; client++) missing.add(client, asked('retired.example'));
    for (let index = 0; index < 12; index++) missing.add(7, asked(random(index)));
    for (let client = 200; client < 300; client++) missing.add(client, asked('retired.example'));
    expect(missing.generators()).toEqual([{ client: 7, names: 12 }]);
    expect(missing.lost).toBe(130);
  });

  it('keeps no more names of all clients than there is room for', () => {
    const missing = new MissingNames(1000, 60);
    for (let index = 0; index < 12; index++) missing.add(7, asked(random(index)));
    for (let client = 100; client < 200; client++) missing.add(client, asked(random(client % 12)));
    expect(missing.generators()).toEqual([{ client: 7, names: 12 }]);
    expect(missing.lost).toBeGreaterThanOrEqual(12 + 100 - 60);
  });

  it('tells five hundred names of a client apart, and looks at twenty thousand clients', () => {
    const missing = new MissingNames();
    for (let index = 0; index < 510; index++) missing.add(7, asked(random(index)));
    expect(missing.generators()).toEqual([{ client: 7, names: 500 }]);
    const retired = asked('retired.example');
    for (let client = 100; client < 100 + 19_999; client++) missing.add(client, retired);
    expect(missing.lost).toBe(0);
    missing.add(8, retired);
    expect(missing.lost).toBe(10_000);
  });

  it('keeps four hundred thousand names of all clients', () => {
    const missing = new MissingNames();
    const names = Array.from({ length: 500 }, (_, index) => asked(`n${index}.example`));
    for (let client = 0; client < 800; client++) for (const name of names) missing.add(client, name);
    expect(missing.lost).toBe(0);
    missing.add(800, names[0]);
    expect(missing.lost).toBe(200_000);
  });
});
