import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { guarded, unguarded } from '../../../../src/analysis/flow-logs/formula-guard.ts';
import { csv } from '../../../../src/export/csv.ts';

const FORMULA = /^[=+\-@＝＋－＠]/;
const hostile = fc.string({
  unit: fc.constantFrom('a', '=', '+', '-', '@', '＝', "'", '"', ';', '\t', '\r', '\n', ',', ' ', '|', '$', '(', '\\'),
  maxLength: 12,
});

describe('a cell of a CSV', () => {
  it.each([',', ';', '\t'])('begins no formula in a spreadsheet that parts cells by %j', (separator) => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
        const text = [...csv(['first', ...texts.map((_, at) => `h${at}`)], 1, () => ['x', ...texts])].join('');
        const read = Papa.parse<string[]>(text, { delimiter: separator }).data.flat();
        // What a spreadsheet makes of quotes in the midst of a cell differs: neither way may give a formula.
        const cut = separator === ',' ? [] : text.split(/[\n\r]/).flatMap((line) => line.split(separator));
        expect(
          [...read, ...cut.map((cell) => cell.replace(/^["\s]+/, ''))].filter((cell) => FORMULA.test(cell)),
        ).toEqual([]);
      }),
    );
  });

  it('is read again as what it was', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(unguarded(guarded(text))).toBe(text);
      }),
    );
  });

  it('stays as it is where nothing begins a formula', () => {
    for (const text of ['a.example', 'Mozilla/5.0 (X11; Linux)', '10.0.0.1', "it's", 'a=b', ''])
      expect(guarded(text)).toBe(text);
    expect(guarded('x;=1+1')).toBe("x;'=1+1");
  });
});
