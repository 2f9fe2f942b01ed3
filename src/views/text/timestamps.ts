import type { TimeZone } from '../../state/view.ts';

/** How much of a date a column of times has to say: nothing when all lie on one day of the zone. */
export type DateDetail = 'time' | 'day' | 'year';

interface Calendar {
  year: string;
  day: string;
  time: string;
  milliseconds: string;
}

/** What times between two instants (milliseconds since 1970) have to say to be told apart. */
export function dateDetailOf(fromMs: number, toMs: number, zone: TimeZone): DateDetail {
  const from = calendarOf(fromMs, zone);
  const to = calendarOf(toMs, zone);
  if (from.year !== to.year) return 'year';
  return from.day === to.day ? 'time' : 'day';
}

/** "10:02:11", "03-05 10:02:11" or "2024-03-05 10:02:11". */
export function formatTime(ms: number, zone: TimeZone, detail: DateDetail): string {
  const { year, day, time } = calendarOf(ms, zone);
  if (detail === 'time') return time;
  return detail === 'day' ? `${day} ${time}` : `${year}-${day} ${time}`;
}

/** The whole instant: "2024-03-05 10:02:11.250 UTC". */
export function exactTime(ms: number, zone: TimeZone): string {
  const { year, day, time, milliseconds } = calendarOf(ms, zone);
  return `${year}-${day} ${time}.${milliseconds} ${zoneName(zone)}`;
}

/** "10:02 UTC", for sentences. */
export function spokenTime(ms: number, zone: TimeZone, detail: DateDetail): string {
  return `${formatTime(ms, zone, detail).slice(0, -3)} ${zoneName(zone)}`;
}

export function zoneName(zone: TimeZone): string {
  return zone === 'utc' ? 'UTC' : 'local';
}

/** Milliseconds to add to an instant so that UTC's midnight falls on the zone's. */
export function zoneOffsetMs(ms: number, zone: TimeZone): number {
  return zone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset() * 60_000;
}

// A local time is the UTC text of the shifted instant, so that one formatter serves both zones.
function calendarOf(ms: number, zone: TimeZone): Calendar {
  const date = new Date(ms + zoneOffsetMs(ms, zone));
  if (Number.isNaN(date.getTime())) return { year: '????', day: '??-??', time: '??:??:??', milliseconds: '???' };
  const text = date.toISOString();
  const timeAt = text.indexOf('T') + 1;
  return {
    year: text.slice(0, timeAt - 7),
    day: text.slice(timeAt - 6, timeAt - 1),
    time: text.slice(timeAt, timeAt + 8),
    milliseconds: text.slice(timeAt + 9, timeAt + 12),
  };
}
