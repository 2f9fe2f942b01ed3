/** A time in UTC to the second, as ISO 8601 has it with a space in the middle; `-` where there is none. */
export function timeText(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return '-';
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
