import { isMissing } from './flow-fields.ts';
import { type JsonObject, objectOf } from './json-line.ts';
import { contentOf, ZeekReader } from './zeek-log.ts';
import type { ZeekValues } from './zeek-siblings.ts';

/** Whether an object is a row of a Zeek log. */
export function isZeekObject(object: JsonObject): boolean {
  if ('_path' in object || addressOf(object) !== undefined) return true;
  // A log of certificates or of hosts names no two ends.
  const content = contentOf('', () => Object.keys(object));
  return content === 'x509' || (typeof content === 'object' && content !== null && 'tell' in content);
}

/** Zeek's logs as JSON lines: each row says by itself what it is, so that all logs may lie in one file. */
export class ZeekJsonReader extends ZeekReader {
  readonly format = 'Zeek JSON';
  private object: JsonObject = {};
  private readonly value: ZeekValues = (field) => valueText(valueOf(this.object, field));

  line(text: string, number: number, ended: boolean): void {
    const object = this.objectIn(text, number, ended);
    if (object === null) return;
    this.object = object;
    const path = typeof object['_path'] === 'string' ? object['_path'] : '';
    this.take(
      contentOf(path, () => Object.keys(object)),
      this.value,
      number,
    );
  }
}

function addressOf(object: JsonObject): unknown {
  return valueOf(object, 'id.orig_h');
}

/**
 * A field by Zeek's name; shippers write "id.orig_h" also as `id_orig_h` or as an object in `id`, and "ts" as "@timestamp".
 */
function valueOf(object: JsonObject, field: string): unknown {
  if (field === 'ts') return object['ts'] ?? object['@timestamp'];
  if (field in object || !field.startsWith('id.')) return object[field];
  const nested = objectOf(object['id']);
  return nested === null ? object[field.replace('.', '_')] : nested[field.slice(3)];
}

/** One of a vector's values: none of Zeek's is a list, and one within others without end has no text that a program can make. */
function elementText(element: unknown): string {
  return typeof element === 'object' && element !== null ? '' : String(element);
}

/** Values as Zeek's text form has them; what was made of that form keeps its marks of no value. */
function valueText(value: unknown): string | undefined {
  if (typeof value === 'string') return isMissing(value) ? undefined : value;
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(elementText).join(',');
  return typeof value === 'number' ? String(value) : undefined;
}
