import { countText } from '../../analysis/count-text.ts';
export { countText as formatCount } from '../../analysis/count-text.ts';
export { sizeText as formatBytes } from '../../analysis/sizes.ts';

/** What stands where there is no value. */
export const NO_VALUE = '–';

/** "1 flow", "2 flows". */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** A number of the frame with at most six decimals. */
export function formatValue(value: number): string {
  return Number.isNaN(value) ? NO_VALUE : countText(value, 6).replace('-', '−');
}

/** A score with two decimals. */
export function formatScore(score: number): string {
  return Number.isNaN(score) ? NO_VALUE : score.toFixed(2);
}

/** The same duration to the millisecond: "60,012 ms". */
export function exactDuration(ms: number): string {
  return Number.isNaN(ms) ? 'no value' : `${formatValue(ms)} ms`;
}

/** A byte offset in both notations that tools show: "1,024 (0x400)". */
export function formatOffset(offset: number): string {
  return `${countText(offset)} (0x${offset.toString(16)})`;
}
