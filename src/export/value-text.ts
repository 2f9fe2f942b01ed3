import type { FieldText } from '../analysis/memory/schema.ts';
import type { Cell } from './connection-fields.ts';
import { plainDuration } from '../analysis/durations.ts';

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

/** A time in UTC to the second, as ISO 8601 has it with a space in the middle; `-` where there is none. */
export function timeText(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return '-';
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
