import { describe, expect, it } from 'vitest';
import { NAME_LIMIT, nameOfText, nameText } from '../../../../src/analysis/protocols/text.ts';
import { latin1 } from '../../../builders/payloads/bytes.ts';

function textOf(text: string): string {
  const bytes = latin1(text);
  const name = nameText(bytes, 0, bytes.length);
  expect(nameOfText(text)).toBe(name);
  return name;
}

describe('nameText', () => {
  it('is lower case', () => {
    expect(textOf('Www.EXAMPLE.com')).toBe('www.example.com');
  });

  it('reads nothing outside the given range', () => {
    expect(nameText(latin1('xxname.examplexx'), 2, 14)).toBe('name.example');
    expect(nameText(latin1('name'), 2, 2)).toBe('');
  });

  it('keeps the last 255 bytes of a longer name', () => {
    expect(textOf(`${'a'.repeat(300)}.example.com`)).toBe(`${'a'.repeat(243)}.example.com`);
    expect(textOf('c'.repeat(NAME_LIMIT))).toBe('c'.repeat(255));
    expect(textOf('c'.repeat(NAME_LIMIT + 1))).toBe('c'.repeat(255));
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
    expect(textOf(`${'d'.repeat(255)}${' '.repeat(100)}`)).toBe('d'.repeat(255));
    expect(textOf('   ')).toBe('');
  });
});
