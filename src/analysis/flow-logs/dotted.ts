import { type JsonObject, objectOf } from './json-line.ts';

/** The value that a name with dots leads to, whether objects lie in one another or the whole name is a key. */
export function valueAt(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  const dot = name.indexOf('.');
  if (dot < 0) return undefined;
  const inner = objectOf(object[name.slice(0, dot)]);
  return inner === null ? undefined : valueAt(inner, name.slice(dot + 1));
}

/** Gives a name with dots a value, in objects in one another that are made where there are none. What all objects inherit stays. */
export function setAt(object: JsonObject, name: string, value: unknown): void {
  const keys = name.split('.');
  let within = object;
  for (const key of keys.slice(0, -1)) {
    const inner = Object.hasOwn(within, key) ? objectOf(within[key]) : null;
    if (inner === null) within[key] = {};
    within = inner ?? (within[key] as JsonObject);
  }
  within[keys[keys.length - 1]] = value;
}

/** The same object with objects in one another for keys that have dots. */
export function nested(object: JsonObject): JsonObject {
  const whole: JsonObject = {};
  for (const [name, value] of Object.entries(object)) setAt(whole, name, value);
  return whole;
}
