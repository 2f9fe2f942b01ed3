import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textRanks } from '../../../../src/analysis/memory/text-ranks.ts';

/** The same by comparing every text with others. */
function comparedRanks(texts: readonly string[]): number[] {
  const distinct = [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
  return texts.map((text) => distinct.indexOf(text));
}

const start = fc.constantFrom('', '10.0.0.', '2001:db8:0:0:1:2:', '2001:db8:0:0:1:2:3:', '\u0000', 'é', '\u{1f600}');
const text = fc.tuple(start, fc.string({ unit: 'binary', maxLength: 6 })).map((parts) => parts.join(''));

it('texts have the places that comparing them by code unit gives', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(text, fc.ipV4(), fc.ipV6()), { maxLength: 60 }), (texts) => {
      expect([...textRanks(texts)]).toEqual(comparedRanks(texts));
    }),
  );
  expect([...textRanks([])]).toEqual([]);
  expect([...textRanks(['b', 'a', 'b', '', 'a\u0000'])]).toEqual([3, 1, 3, 0, 2]);
});
