import { describe, expect, it } from 'vitest';
import { NAME_LIMIT, nameText } from '../../../../src/analysis/names/text.ts';
import { latin1 } from '../../../builders/payloads/bytes.ts';

function textOf(text: string): string {
  const bytes = latin1(text);
  return nameText(bytes, 0, bytes.length);
}

describe('nameText', () => {
  it('is lower case', () => {
    expect(textOf('Www.EXAMPLE.com')).toBe('www.example.com');
  });

  it('reads nothing outside the given range', () => {
    expect(nameText(latin1('xxname.examplexx'), 2, 14)).toBe('name.example');
    expect(nameText(latin1('name'), 2, 2)).toBe('');
  });

  it('keeps the last 79 bytes of a longer name', () => {
    expect(textOf(`${'a'.repeat(30)}.${'b'.repeat(60)}.example.com`)).toBe(`${'a'.repeat(6)}.${'b'.repeat(60)}.example.com`);
    expect(textOf('c'.repeat(NAME_LIMIT))).toBe('c'.repeat(79));
    expect(textOf('c'.repeat(NAME_LIMIT + 1))).toBe('c'.repeat(79));
  });

  it('keeps odd printable characters', () => {
    expect(textOf('bad host_!"\'<>.example')).toBe('bad host_!"\'<>.example');
  });

  it('puts a question mark for every byte that is not printable ASCII', () => {
    expect(textOf('a\nb\rc\0d\x1be\x7ff')).toBe('a?b?c?d?e?f');
    expect(textOf('caf\xc3\xa9\xff.fr')).toBe('caf???.fr');
  });

  it('drops blanks at both ends before the name is bounded', () => {
    expect(textOf(' \t host \t ')).toBe('host');
    expect(textOf(`${'d'.repeat(79)}${' '.repeat(100)}`)).toBe('d'.repeat(79));
    expect(textOf('   ')).toBe('');
  });
});
