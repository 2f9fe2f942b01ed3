import { type CaptureSummary, timesOf } from '../../analysis/capture.ts';
import type { TimeRange } from '../../analysis/report/time-range.ts';
import { formatSpan } from '../../analysis/durations.ts';
import type { TimeZone } from '../../state/view.ts';
import { dateDetailOf, formatTime, zoneName } from '../text/timestamps.ts';

/** "10:02:00 to 10:40:30 UTC: 38 min 30 s of 4 h 02 min": captures end before the last slice of the strip does. */
export function rangeWords({ fromMs, toMs }: TimeRange, captures: readonly CaptureSummary[], zone: TimeZone): string {
  const whole = timesOf(captures) ?? { firstMs: fromMs, lastMs: toMs };
  const endMs = Math.max(fromMs, Math.min(toMs, whole.lastMs));
  const dates = dateDetailOf(fromMs, endMs, zone);
  const [from, to] = [fromMs, endMs].map((ms) => formatTime(ms, zone, dates));
  const span = `${formatSpan(endMs - fromMs)} of ${formatSpan(whole.lastMs - whole.firstMs)}`;
  return `${from} to ${to} ${zoneName(zone)}: ${span}`;
}
