import { describe, expect, it } from 'vitest';
import { badgeOf } from '../../../src/analysis/triage/badge.ts';
import { isNameless, isOutward } from '../../../src/analysis/triage/facts.ts';
import { foldTwins } from '../../../src/analysis/triage/fold.ts';
import { linesOf, RULES, sumOf } from '../../../src/analysis/triage/lines.ts';
import { Matcher } from '../../../src/analysis/lists/matcher.ts';
import { readList } from '../../../src/analysis/lists/read-list.ts';
import { parseAddress } from '../../../src/analysis/net/address.ts';
import { triageOrder } from '../../../src/analysis/triage/order.ts';
import { factsOf, readTriageVectors, triageFolder } from './vectors.ts';

/** A line that stands on the second half of nDPI's application names, which there is none of here. */
const LEFT_OUT = 'ndpivendor';

/** Ids of lines without points are our own. */
const SAME_LINE: Readonly<Record<string, string>> = { ownja3: 'ownfingerprint' };

describe.skipIf(triageFolder === null)('triage on the reference connections (../shared/vectors)', () => {
  const vectors = readTriageVectors();
  const facts = vectors.connections.map((connection) => factsOf(connection.facts));
  const total = vectors.connections.map((connection) => connection.total);

  it('are there', () => {
    expect(vectors.connections).toHaveLength(32);
  });

  it('gives every line the points of the table', () => {
    const points = Object.entries(vectors.points).filter(([id]) => id !== LEFT_OUT);
    const ours = Object.fromEntries(RULES.map((rule) => [rule.id, rule.points]));
    expect({ ...Object.fromEntries(points.map(([id, value]) => [SAME_LINE[id] ?? id, value])), watch: 5 }).toEqual(
      ours,
    );
  });

  it.each(vectors.connections)('$id', (connection) => {
    const known = factsOf(connection.facts);
    expect(known.service).toBe(connection.facts.service);
    const sum = sumOf(known);
    const expected = connection.lines.filter(([, id]) => id !== LEFT_OUT);
    expect(linesOf(sum.bits, known)).toEqual(expected.map(([points, id, phrase]) => ({ id, points, phrase })));
    const leftOut = connection.lines.filter(([, id]) => id === LEFT_OUT).reduce((sum_, [points]) => sum_ + points, 0);
    expect(sum.total).toBe(connection.total - leftOut);
    if (leftOut === 0) expect(badgeOf(known.score, sum.total, false)).toBe(connection.level);
  });

  const idsOf = (rows: Uint32Array): string[] => Array.from(rows, (row) => vectors.connections[row].id);
  const none = new Uint8Array(facts.length);
  const columns = { total, strength: facts.map(({ strength }) => strength), setAside: none, watched: none };

  it('puts them in order', () => {
    expect(idsOf(triageOrder(columns))).toEqual(vectors.order);
  });

  it('puts what an allow list names at the end', () => {
    const allow = new Matcher(readList(vectors.order_with_allow.allow.join('\n')));
    const setAside = vectors.connections.map((connection) => {
      return Math.max(allow.ofAddress(parseAddress(connection.facts.dst)), allow.ofName(connection.facts.name)) >= 0
        ? 1
        : 0;
    });
    expect(idsOf(triageOrder({ ...columns, setAside }))).toEqual(vectors.order_with_allow.order);
  });

  it('folds twins', () => {
    const order = triageOrder(columns);
    const heads = foldTwins(order, none, {
      source: facts.map(() => 0),
      destination: facts.map((_, row) => row),
      nameless: facts.map((known) => (isOutward(known) && isNameless(known) ? 1 : 0)),
      score: facts.map(({ score }) => score),
      intervalS: facts.map(({ intervalS }) => intervalS),
    });
    const shown = order.filter((row) => heads[row] === row);
    const folded = Array.from(shown, (head) => [
      vectors.connections[head].id,
      idsOf(order.filter((row) => row !== head && heads[row] === head)),
    ]);
    expect(folded).toEqual(vectors.fold);
  });
});
