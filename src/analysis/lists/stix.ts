import { fieldOf, textOf, type Values } from './json-fields.ts';

const OBSERVABLES = new Set(['ipv4-addr', 'ipv6-addr', 'domain-name', 'url']);

/**
 * Comparisons of a STIX pattern (STIX 2.1, section 9) that name an address, a network, a name or a URL. What else the
 * pattern asks of a connection is left out: a list says less than a pattern.
 */
const COMPARISON = /\b(?:ipv4-addr|ipv6-addr|domain-name|url):value\s{0,9}(?:=|ISSUBSET)\s{0,9}'/g;

/** The indicators and observables of a STIX 2.1 bundle, one entry an object; null for what is no bundle. */
export function stixValues(json: unknown): Values[] | null {
  const objects = fieldOf(json, 'objects');
  if (fieldOf(json, 'type') !== 'bundle' || !Array.isArray(objects)) return null;
  return objects.map((object: unknown) => ({
    values: fieldOf(object, 'revoked') === true ? [] : valuesOf(object),
    note: textOf(fieldOf(object, 'name'), fieldOf(object, 'description')),
  }));
}

function valuesOf(object: unknown): string[] {
  const type = textOf(fieldOf(object, 'type'));
  if (OBSERVABLES.has(type)) return [textOf(fieldOf(object, 'value'))];
  if (type !== 'indicator') return [];
  return comparedWith(textOf(fieldOf(object, 'pattern')));
}

/** What a pattern compares with, in order. Looks at each character once: a text that does not end ends the pattern. */
function comparedWith(pattern: string): string[] {
  const values: string[] = [];
  const comparison = new RegExp(COMPARISON);
  while (comparison.test(pattern)) {
    const start = comparison.lastIndex;
    let end = start;
    while (end < pattern.length && pattern[end] !== "'") end += pattern[end] === '\\' ? 2 : 1;
    if (end >= pattern.length) break;
    values.push(pattern.slice(start, end).replaceAll(/\\(.)/gs, '$1'));
    comparison.lastIndex = end + 1;
  }
  return values;
}
