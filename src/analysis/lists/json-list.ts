import { isRefusal } from '../net/network.ts';
import { parseIndicator } from './indicator.ts';
import { hasTooManyValues, MOST_VALUES, type Values } from './json-fields.ts';
import { type List, ListBuilder } from './list.ts';
import { mispValues } from './misp.ts';
import { shortened } from './plain-list.ts';
import { stixValues } from './stix.ts';

/** Reads the indicators of a STIX 2.1 bundle or of a MISP event or search. A problem's line is the object's place. */
export function readJson(text: string): List {
  const builder = new ListBuilder();
  if (hasTooManyValues(text)) {
    builder.problem(1, `JSON of more than ${MOST_VALUES} values: split it into several files`);
    return builder.list;
  }
  let json: unknown;
  try {
    json = JSON.parse(text.trimStart());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    builder.problem(1, `not JSON: ${error.message}`);
    return builder.list;
  }
  const objects = stixValues(json) ?? mispValues(json);
  if (objects === null) builder.problem(1, 'JSON, but neither a STIX 2.1 bundle nor a MISP event');
  for (const [index, object] of (objects ?? []).entries()) if (!addValues(builder, index + 1, object)) break;
  return builder.list;
}

/** Whether there was room. */
function addValues(builder: ListBuilder, place: number, { values, note }: Values): boolean {
  if (values.length === 0) builder.other();
  for (const value of values) {
    const indicator = parseIndicator(value);
    const hasRoom = isRefusal(indicator)
      ? builder.problem(place, `object ${place}: "${shortened(value)}": ${indicator.reason}`)
      : builder.add(place, indicator, note);
    if (!hasRoom) return false;
  }
  return true;
}
