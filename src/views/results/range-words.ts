import type { TimeRange } from '../../analysis/report/time-range.ts';
import { formatSpan } from '../../analysis/durations.ts';
import type { TimeZone } from '../../state/view.ts';
import { dateDetailOf, formatTime, zoneName } from '../text/timestamps.ts';

/** "10:02:00 to 10:40:30 UTC: 38 min 30 s of 4 h 02 min". */
export function rangeWords({ fromMs, toMs }: TimeRange, wholeMs: number, zone: TimeZone): string {
  const dates = dateDetailOf(fromMs, toMs, zone);
  const [from, to] = [fromMs, toMs].map((ms) => formatTime(ms, zone, dates));
  return `${from} to ${to} ${zoneName(zone)}: ${formatSpan(toMs - fromMs)} of ${formatSpan(wholeMs)}`;
}
