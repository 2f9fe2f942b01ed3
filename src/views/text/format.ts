/** What stands where there is no value. */
export const NO_VALUE = '–';

const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const VALUE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 412881 as "412,881". */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** "1 flow", "2 flows". */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A number of the frame with at most six decimals. */
export function formatValue(value: number): string {
  return Number.isNaN(value) ? NO_VALUE : VALUE.format(value).replace('-', '−');
}

/** A score with two decimals. */
export function formatScore(score: number): string {
  return Number.isNaN(score) ? NO_VALUE : score.toFixed(2);
}

/** A duration in milliseconds as people say it: "54 s", "5.0 min", "1.8 h". */
export function formatDuration(ms: number): string {
  if (Number.isNaN(ms)) return NO_VALUE;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 90_000) return `${shortNumber(ms / 1000)} s`;
  if (ms < 5_400_000) return `${shortNumber(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${shortNumber(ms / 3_600_000)} h`;
  return `${shortNumber(ms / 86_400_000)} d`;
}

/** The same duration to the millisecond: "60,012 ms". */
export function exactDuration(ms: number): string {
  return Number.isNaN(ms) ? 'no value' : `${formatValue(ms)} ms`;
}

/** The length of a capture: "4 h 02 min", "12 min 05 s", "3 d 4 h", "3.2 s". */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return formatDuration(ms);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
  const hours = Math.round(ms / 3_600_000);
  return `${formatCount(Math.floor(hours / 24))} d ${hours % 24} h`;
}

/** Bytes in decimal units: "950 B", "1.2 MB", "184 MB". */
export function formatBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? formatCount(value) : shortNumber(value)} ${BYTE_UNITS[unit]}`;
}

/** A byte offset in both notations that tools show: "1,024 (0x400)". */
export function formatOffset(offset: number): string {
  return `${formatCount(offset)} (0x${offset.toString(16)})`;
}

/** One decimal below ten, none above: 9.96 is "10", not "10.0". */
function shortNumber(value: number): string {
  return value < 9.95 ? value.toFixed(1) : formatCount(value);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
