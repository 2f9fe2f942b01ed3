import { fieldOf, textOf, type Values } from './json-fields.ts';

/** Types of MISP attributes that a connection can meet, and which parts of a value joined by "|" count. */
const PARTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['ip-dst', [0]],
  ['ip-src', [0]],
  ['ip-dst|port', [0]],
  ['ip-src|port', [0]],
  ['domain', [0]],
  ['hostname', [0]],
  ['hostname|port', [0]],
  ['domain|ip', [0, 1]],
  ['url', [0]],
  ['ja3-fingerprint-md5', [0]],
  ['ja4-fingerprint', [0]],
]);

const MOST_PARTS = 2;

/** The attributes of MISP events, those of their objects too; null for what holds none. */
export function mispValues(json: unknown): Values[] | null {
  const response = fieldOf(json, 'response');
  const found = response ?? json;
  const events = Array.isArray(found) ? found : [found];
  const attributes = events.flatMap((item: unknown) => {
    const event = fieldOf(item, 'Event') ?? item;
    const objects = fieldOf(event, 'Object');
    return [event, ...(Array.isArray(objects) ? objects : [])].flatMap((holder: unknown) => {
      const held = fieldOf(holder, 'Attribute');
      return Array.isArray(held) ? held.map((attribute: unknown) => valuesOf(attribute, event)) : [];
    });
  });
  return attributes.length === 0 ? null : attributes;
}

/** An attribute that its author does not mean for detection has no values. */
function valuesOf(attribute: unknown, event: unknown): Values {
  const parts = fieldOf(attribute, 'to_ids') === false ? undefined : PARTS.get(textOf(fieldOf(attribute, 'type')));
  const pieces = textOf(fieldOf(attribute, 'value')).split('|', MOST_PARTS);
  const comment = textOf(fieldOf(attribute, 'comment'));
  return {
    values: (parts ?? []).map((part) => pieces[part] ?? ''),
    note: comment === '' ? textOf(fieldOf(event, 'info')) : comment,
  };
}
