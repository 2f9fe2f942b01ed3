import { isMissing } from './flow-fields.ts';
import { valueAt } from './dotted.ts';
import { type JsonObject, textIn } from './json-line.ts';
import { contentOf, ZeekReader } from './zeek-log.ts';
import { AS_ZEEK, ELASTIC, namedValue, namingOf, pathOf, type ZeekNaming } from './zeek-names.ts';
import type { ZeekValues } from './zeek-siblings.ts';

/** Whether an object is a row of a Zeek log. */
export function isZeekObject(object: JsonObject): boolean {
  if ('_path' in object) return true;
  const naming = namingIn(object);
  // A log of certificates or of hosts names no two ends.
  if (naming !== null) return naming !== ELASTIC;
  const content = contentOf('', () => Object.keys(object));
  return content === 'x509' || (typeof content === 'object' && content !== null && 'tell' in content);
}

/** Whether it is one of which only what Elastic's schema has is left. */
export function isElasticZeek(object: JsonObject): boolean {
  const naming = namingIn(object);
  return naming === ELASTIC && pathOf(naming, (name) => valueText(valueAt(object, name))) !== null;
}

/** Zeek's logs as JSON lines: each row says by itself what it is, so that all logs may lie in one file. */
export class ZeekJsonReader extends ZeekReader {
  readonly format = 'Zeek JSON';
  private object: JsonObject = {};
  /** What fields go by in a row that does not have Zeek's own names. */
  private naming: ZeekNaming | null = null;
  private readonly textOf = (name: string): string | undefined => valueText(valueAt(this.object, name));
  private readonly value: ZeekValues = (field) => {
    const { naming, object } = this;
    if (naming !== null) return namedValue(naming, field, this.textOf);
    return field === 'ts' ? namedValue(AS_ZEEK, field, this.textOf) : valueText(object[field]);
  };

  line(text: string, number: number, ended: boolean): void {
    const object = this.objectIn(text, number, ended);
    if (object === null) return;
    this.object = object;
    this.naming = 'id.orig_h' in object ? null : namingIn(object);
    const path = textIn(object['_path']) ?? pathOf(this.naming, this.textOf);
    this.take(path === null ? null : contentOf(path, () => Object.keys(object)), this.value, number);
  }
}

function namingIn(object: JsonObject): ZeekNaming | null {
  return namingOf((name) => valueText(valueAt(object, name)) !== undefined);
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
