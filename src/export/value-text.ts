import type { FieldText } from '../analysis/memory/schema.ts';
import type { Cell } from './connection-fields.ts';
import { plainDuration } from '../analysis/durations.ts';
import { timeText } from './times.ts';

/** A field's value as people read it, with its unit; "" where there is none. */
export function valueText({ unit }: Pick<FieldText, 'unit'>, value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'time':
      return timeText(value);
    case 'ms':
      return plainDuration(value);
    case 's':
      return plainDuration(value * 1000);
    case 'share':
      return `${Number((value * 100).toPrecision(3))} %`;
    case 'bytes':
      return `${value.toLocaleString('en')} bytes`;
    case 'packets':
    case 'count':
      return value.toLocaleString('en');
    default:
      return String(Number(value.toPrecision(6)));
  }
}
