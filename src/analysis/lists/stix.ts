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
  const context = observedBeside(objects);
  return objects.map((object: unknown) => ({
    values: fieldOf(object, 'revoked') === true || context.has(fieldOf(object, 'id')) ? [] : valuesOf(object),
    note: textOf(fieldOf(object, 'name'), fieldOf(object, 'description')),
  }));
}

/**
 * Ids of what was observed in a bundle that has indicators, too: these say what is looked for, and what was observed shows
 * where it was met, with the hosts that it was met at.
 */
function observedBeside(objects: readonly unknown[]): Set<unknown> {
  const types = objects.map((object) => fieldOf(object, 'type'));
  if (!types.includes('indicator')) return new Set();
  return new Set(
    objects.flatMap((object, at): unknown[] => {
      const references = types[at] === 'observed-data' ? fieldOf(object, 'object_refs') : null;
      return Array.isArray(references) ? (references as unknown[]) : [];
    }),
  );
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
