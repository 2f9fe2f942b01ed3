import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson } from '../../src/analysis/flow-logs/json-syntax.ts';

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Characters that JSON is made of, and some that it is not. */
const PIECES = [
  ...Array.from('{}[]:,"\\ \t\n\r0123456789-+.eEuabtfn/'),
  'true',
  'false',
  'null',
  '\\u00e9',
  '\u0000',
  '\u00a0',
  'é',
];

describe('isJson', () => {
  it('holds of whole JSON, with and without blanks', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        expect(isJson(JSON.stringify(value, null, indent))).toBe(true);
      }),
    );
  });

  it('holds of what the parser takes and of nothing else, whatever of JSON is changed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.nat(3), fc.constantFrom(...PIECES, ''), (value, place, cut, piece) => {
        const text = JSON.stringify(value);
        const at = place % (text.length + 1);
        const changed = text.slice(0, at) + piece + text.slice(at + cut);
        expect([changed, isJson(changed)]).toEqual([changed, isParsed(changed)]);
      }),
      { numRuns: 3000 },
    );
  });

  it('holds of what the parser takes and of nothing else, whatever is put together', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        expect([text, isJson(text)]).toEqual([text, isParsed(text)]);
      }),
      { numRuns: 20_000 },
    );
  });

  it('takes lists within lists without end', () => {
    expect(isJson('['.repeat(1e6) + ']'.repeat(1e6))).toBe(true);
    expect(isJson('['.repeat(1e6))).toBe(false);
  });
});
