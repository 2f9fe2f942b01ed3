import { type JsonObject, jsonObject, objectOf } from './json-line.ts';

/**
 * Where shippers keep an event that they hand on, as an object or as its text: Filebeat and Logstash in `message`, `json` or
 * `event.original`, Elasticsearch in `_source` and `fields`, Splunk in `event`, `result` or `_raw`, Fluentd and Docker in `log`, Wazuh
 * in `data`, Google in `jsonPayload`; Filebeat's modules in `suricata.eve`.
 */
export const KEPT_IN = [
  'message',
  'json',
  'event',
  'original',
  'event.original',
  '_source',
  'fields',
  'result',
  '_raw',
  'log',
  'data',
  'jsonPayload',
  'suricata',
  'eve',
  'zeek',
];
/** What an object of a single key has, whatever that is: Zeek's writer for Kafka calls each event by its log. */
const ONLY = '';
/** Shippers that hand on what others handed on. */
const DEEPEST = 4;

/** How an object is found in a line: by these keys, one in the other, behind what stands before its brace. */
export type ShippedIn = readonly string[];

/** Where an object, or one that a shipper has put it in, is what is looked for; null where none is. */
export function shippedIn(object: JsonObject, isWanted: (object: JsonObject) => boolean): ShippedIn | null {
  let objects: { object: JsonObject; keys: string[] }[] = [{ object, keys: [] }];
  for (let depth = 0; depth <= DEEPEST && objects.length > 0; depth++) {
    const found = objects.find((one) => isWanted(one.object));
    if (found !== undefined) return found.keys;
    objects = objects.flatMap((one) =>
      [...KEPT_IN, ONLY].flatMap((key) => {
        const inner = inside(heldIn(one.object, key));
        return inner === null ? [] : [{ object: inner, keys: [...one.keys, key] }];
      }),
    );
  }
  return null;
}

/** The object in a line, of a text that syslog or a prefix ("@cee: ") stands before; null where there is none. */
export function shippedObject(line: string, keys: ShippedIn): JsonObject | null {
  let object = jsonObject(line) ?? jsonObject(withoutPrefix(line));
  for (let place = 0; object !== null && place < keys.length; place++) object = inside(heldIn(object, keys[place]));
  return object;
}

function heldIn(object: JsonObject, key: string): unknown {
  if (key !== ONLY) return object[key];
  const keys = Object.keys(object);
  return keys.length === 1 ? object[keys[0]] : undefined;
}

/** What of a line is JSON: from its first brace that follows a blank, a colon or a bracket. */
export function withoutPrefix(line: string): string {
  const at = line.includes('{') ? line.search(/(?<=^|[\s:\]])\{/) : -1;
  return at <= 0 ? line : line.slice(at);
}

/** The value as an object, also where it is the text of one. */
function inside(value: unknown): JsonObject | null {
  if (typeof value !== 'string') return objectOf(value);
  return value.includes('{') ? (jsonObject(value) ?? jsonObject(withoutPrefix(value))) : null;
}
