import { describe, expect, it } from 'vitest';
import { hashedKey, NameJoin } from '../../../../src/analysis/flow-logs/name-join.ts';
import { NAME_SOURCES } from '../../../../src/analysis/report.ts';

const [TLS, DNS] = (['tls', 'dns'] as const).map((source) => NAME_SOURCES.indexOf(source));

function found(joined: NameJoin, key: string): { name: number; source: number } {
  const { high, low } = hashedKey(key);
  return joined.find(high, low);
}

describe('NameJoin', () => {
  it('keeps the first name that was asked for, before any that was looked up', () => {
    const joined = new NameJoin();
    joined.add('a', 1, DNS);
    joined.add('a', 2, DNS);
    expect(found(joined, 'a')).toEqual({ name: 2, source: DNS });
    joined.add('a', 3, TLS);
    joined.add('a', 4, TLS);
    joined.add('a', 5, DNS);
    expect(found(joined, 'a')).toEqual({ name: 3, source: TLS });
    expect(found(joined, 'b').name).toBe(0);
  });

  it('finds all of many', () => {
    const joined = new NameJoin();
    for (let key = 0; key < 5000; key++) joined.add(`C${key}`, key + 1, TLS);
    const names = Array.from({ length: 5000 }, (_, key) => found(joined, `C${key}`).name);
    expect(names).toEqual(names.map((_, key) => key + 1));
  });

  it('counts the keys that there is no room for, and goes on to take names of those it has', () => {
    const joined = new NameJoin(2);
    joined.add('a', 1, DNS);
    joined.add('b', 2, TLS);
    joined.add('c', 3, TLS);
    joined.add('a', 4, TLS);
    expect(joined.leftOut).toBe(1);
    expect([found(joined, 'a').name, found(joined, 'b').name, found(joined, 'c').name]).toEqual([4, 2, 0]);
  });
});
