import { expect, it } from 'vitest';
import { questionsSaid, repeatsSaid } from '../../../src/analysis/reading-warnings.ts';

it('rows that were there already are counted in the words for one and for several', () => {
  const said = (count: number): string[] =>
    [...repeatsSaid({ within: count, elsewhere: count }), ...questionsSaid(count)].map(({ message }) => message);
  expect(said(1)).toEqual([
    '1 of its rows is a connection that it has rows of already: each counts once, by its last state',
    '1 of its flows is in another of the files, too: each counts once',
    '1 of its rows about DNS is in another of the logs, too: each counts once',
  ]);
  expect(said(2)).toEqual([
    '2 of its rows are connections that it has rows of already: each counts once, by its last state',
    '2 of its flows are in another of the files, too: each counts once',
    '2 of its rows about DNS are in another of the logs, too: each counts once',
  ]);
  expect(said(0)).toEqual([]);
});
