import { expect, it } from 'vitest';
import { headlineOf, type HeadlineSource } from '../../../../src/analysis/hosts/headline.ts';
import { BADGES } from '../../../../src/analysis/triage/badge.ts';
import type { Line } from '../../../../src/analysis/triage/lines.ts';

const STEADY: Line = { id: 'rhythm', points: 3, phrase: 'steady rhythm' };
const WEAK: Line = { id: 'weak', points: 1, phrase: 'weak rhythm' };
const EXCUSE: Line = { id: 'mail', points: -2, phrase: 'mail server' };

/** The headline over rows that are all explained. */
function headlineOver(rows: readonly (readonly Line[])[]): string {
  const source = {
    hosts: { table: { findings: [] } },
    triage: {
      badge: rows.map(() => BADGES.indexOf('explained')),
      setAside: rows.map(() => 0),
      head: rows.map((_, row) => row),
    },
    orderOf: () => rows.map((_, row) => row),
    linesOf: (row: number) => rows[row],
  } as unknown as HeadlineSource;
  const headline = headlineOf(source);
  return headline.kind === 'none' ? headline.text : headline.kind;
}

it('counts weak rhythms apart from those that are said to be steady', () => {
  expect(headlineOver([[STEADY, EXCUSE], [WEAK, EXCUSE], [WEAK, EXCUSE], [STEADY]])).toBe(
    'Nothing to read first. 3 rhythms, 2 of them weak, are explained: mail server. 1 rhythm has little against it.',
  );
  expect(headlineOver([[STEADY, EXCUSE], [STEADY, EXCUSE], [WEAK]])).toBe(
    'Nothing to read first. 2 rhythms are explained: mail server. 1 weak rhythm has little against it.',
  );
  expect(headlineOver([[WEAK], [WEAK]])).toBe('Nothing to read first. 2 weak rhythms have little against them.');
  expect(headlineOver([])).toBe('Nothing to read first.');
});
