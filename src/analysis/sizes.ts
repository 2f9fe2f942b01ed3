import { shortNumber } from './durations.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in decimal units: "950 B", "1.2 MB", "184 MB". */
export function sizeText(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : shortNumber(value)} ${UNITS[unit]}`;
}
