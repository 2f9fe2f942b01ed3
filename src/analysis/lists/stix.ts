import { fieldOf, textOf, type Values } from './json-fields.ts';

const OBSERVABLES = new Set(['ipv4-addr', 'ipv6-addr', 'domain-name', 'url']);

/**
 * Comparisons of a STIX pattern (STIX 2.1, section 9) that name an address, a network, a name or a URL. What else the
 * pattern asks of a connection is left out: a list says less than a pattern.
 */
const COMPARISON = /\b(?:ipv4-addr|ipv6-addr|domain-name|url):value\s*(?:=|ISSUBSET)\s*'((?:[^'\\]|\\.)*)'/g;

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
  return Array.from(textOf(fieldOf(object, 'pattern')).matchAll(COMPARISON), ([, value]) =>
    value.replaceAll(/\\(.)/g, '$1'),
  );
}
