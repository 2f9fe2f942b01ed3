import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTwins } from '../../src/analysis/triage/fold.ts';
import { triageOrder } from '../../src/analysis/triage/order.ts';
import { countSiblings } from '../../src/analysis/triage/siblings.ts';
import { canBeTwin, sameInterval } from '../../src/analysis/triage/twins.ts';

const rows = fc.array(
  fc.record({
    total: fc.integer({ min: -8, max: 12 }),
    strength: fc.oneof(
      fc.constant(Number.NaN),
      fc.integer({ min: -3, max: 3 }),
      fc.double({ min: -5, max: 1000, noNaN: true }),
    ),
    setAside: fc.constantFrom(0, 1),
    flows: fc.integer({ min: 1, max: 3 }),
    source: fc.integer({ min: 0, max: 2 }),
    destination: fc.integer({ min: 0, max: 12 }),
    nameless: fc.constantFrom(0, 1),
    score: fc.constantFrom(Number.NaN, 0, 0.29, 0.3, 0.9),
    byName: fc.constantFrom(0, 0, 0, 1, 2),
    intervalS: fc.oneof(fc.double({ min: 0.01, max: 1e5, noNaN: true }), fc.integer({ min: 90, max: 110 })),
  }),
  { maxLength: 60 },
);
type Row = typeof rows extends fc.Arbitrary<(infer One)[]> ? One : never;

function columnsOf(list: readonly Row[]): { [Key in keyof Row]: number[] } {
  const keys = [
    'total',
    'strength',
    'setAside',
    'flows',
    'source',
    'destination',
    'nameless',
    'score',
    'intervalS',
    'byName',
  ] as const;
  return Object.fromEntries(keys.map((key) => [key, list.map((row) => row[key])])) as { [Key in keyof Row]: number[] };
}

describe('the order of triage', () => {
  it('is total and stable: every row once, and the same whatever order the rows come in', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const order = triageOrder(columnsOf(list));
        expect([...order].sort((a, b) => a - b)).toEqual(list.map((_, row) => row));
        // Rows that nothing tells apart stay in the order of the table.
        const keyOf = (row: Row): string => JSON.stringify([row.total, String(row.strength), row.setAside, row.flows]);
        for (let place = 1; place < order.length; place++) {
          if (keyOf(list[order[place]]) === keyOf(list[order[place - 1]]))
            expect(order[place]).toBeGreaterThan(order[place - 1]);
        }
        const twice = triageOrder(columnsOf(Array.from(order, (row) => list[row])));
        expect([...twice]).toEqual(list.map((_, row) => row));
      }),
    );
  });

  it('only moves rows to the end when an allow list sets them aside', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const before = triageOrder(columnsOf(list.map((row) => ({ ...row, setAside: 0 }))));
        const after = [...triageOrder(columnsOf(list))];
        const kept = [...before].filter((row) => list[row].setAside === 0);
        expect(after.slice(0, kept.length)).toEqual(kept);
      }),
    );
  });
});

describe('twins', () => {
  it('share a head that stands above them: same host, same interval or name, same side of the set-aside line', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const columns = columnsOf(list);
        const order = triageOrder(columns);
        const heads = foldTwins(order, columns.setAside, columns);
        heads.forEach((head, row) => {
          expect(heads[head]).toBe(head);
          if (head === row) return;
          expect(order.indexOf(head)).toBeLessThan(order.indexOf(row));
          const { source, setAside, byName } = list[row];
          expect([source, setAside, byName]).toEqual([list[head].source, list[head].setAside, list[head].byName]);
          if (byName > 0) return;
          expect(canBeTwin(columns, row) && canBeTwin(columns, head)).toBe(true);
          expect(sameInterval(list[row].intervalS, list[head].intervalS)).toBe(true);
        });
      }),
    );
  });

  it('are counted like a comparison of all pairs counts them', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const columns = columnsOf(list);
        const expected = list.map((row, own) => {
          if (!canBeTwin(columns, own)) return 0;
          const near = list.filter(
            (other, place) =>
              canBeTwin(columns, place) &&
              other.source === row.source &&
              other.destination !== row.destination &&
              sameInterval(other.intervalS, row.intervalS),
          );
          return new Set(near.map(({ destination }) => destination)).size;
        });
        expect([...countSiblings(columns)]).toEqual(expected);
      }),
    );
  });
});
