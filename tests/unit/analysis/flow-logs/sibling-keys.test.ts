import { describe, expect, it } from 'vitest';
import { hashedKey, SiblingKeys } from '../../../../src/analysis/flow-logs/sibling-keys.ts';
import { type Sibling, Siblings } from '../../../../src/analysis/flow-logs/siblings.ts';
import { NAME_SOURCES } from '../../../../src/analysis/flows/name-sources.ts';

const [TLS, DNS] = (['tls', 'dns'] as const).map((source) => NAME_SOURCES.indexOf(source));

function found(keys: SiblingKeys, key: string): number {
  const { high, low } = hashedKey(key);
  return keys.find(high, low);
}

describe('SiblingKeys', () => {
  it('finds all of many', () => {
    const keys = new SiblingKeys();
    for (let key = 0; key < 5000; key++) expect(keys.numberOf(`C${key}`)).toBe(key);
    expect(Array.from({ length: 5000 }, (_, key) => found(keys, `C${key}`))).toEqual(
      Array.from({ length: 5000 }, (_, key) => key),
    );
    expect(found(keys, 'D0')).toBe(-1);
  });

  it('counts the keys that there is no room for, and goes on to find those it has', () => {
    const keys = new SiblingKeys(2);
    expect(['a', 'b', 'c', 'a'].map((key) => keys.numberOf(key))).toEqual([0, 1, -1, 0]);
    expect(keys.leftOut).toBe(1);
  });
});

describe('Siblings', () => {
  const sibling = (change: Partial<Sibling>): Sibling => {
    return { key: 'a', observed: 0, signs: 0, name: 0, nameSource: 0, texts: {}, ...change };
  };
  const nameOf = (siblings: Siblings, key: string) => {
    const { high, low } = hashedKey(key);
    const number = siblings.find(high, low);
    return number < 0 ? null : [siblings.get(number, 'name'), siblings.get(number, 'nameSource')];
  };

  it('keeps the first name that was asked for, before any that was looked up', () => {
    const siblings = new Siblings();
    siblings.add(sibling({ name: 1, nameSource: DNS }));
    siblings.add(sibling({ name: 2, nameSource: DNS }));
    expect(nameOf(siblings, 'a')).toEqual([2, DNS]);
    siblings.add(sibling({ name: 3, nameSource: TLS }));
    siblings.add(sibling({ name: 4, nameSource: TLS }));
    siblings.add(sibling({ name: 5, nameSource: DNS }));
    expect(nameOf(siblings, 'a')).toEqual([3, TLS]);
    expect(nameOf(siblings, 'b')).toBeNull();
  });

  it('keeps what any of them could have shown, and the first text of a kind', () => {
    const siblings = new Siblings();
    siblings.add(sibling({ observed: 1 }));
    siblings.add(sibling({ observed: 4, texts: { ja4: 7 } }));
    siblings.add(sibling({ texts: { ja4: 8, userAgent: 9 } }));
    expect((['observed', 'ja4', 'userAgent', 'name'] as const).map((column) => siblings.get(0, column))).toEqual([
      5, 7, 9, 0,
    ]);
  });
});
