import type { FieldKind } from './fields.ts';

/** A value as numbers: those from `from` on, and below `to` or, where it is one number alone, equal to `from`. */
export interface Quantity {
  from: number;
  to: number;
  /** Milliseconds after midnight of any day. */
  clock: boolean;
}

const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 0.001,
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};
const POWERS = ' kmgt';
export const DAY_MS = 86_400_000;

/** What a value of a kind may look like, for the one who wrote another. */
export const EXAMPLES: Partial<Record<FieldKind, string>> = {
  number: 'a number: 443',
  share: 'a number from 0 to 1, or a share: 0.9, 90%',
  percent: 'a number from 0 to 100: 90',
  duration: 'seconds, or a duration: 60, 90s, 5m, 1.5h, 2d, 250ms',
  size: 'bytes, or a size: 1500, 10kB, 5MB, 1GiB',
  time: 'a time: 2026-01-31, 2026-01-31T10:00, 2026-01-31T10:00:00Z, or 10:00 for any day',
  protocol: 'a protocol: tcp, udp, icmp, or its number',
  address: 'an address or a network: 10.0.0.1, 10.0.0.0/8, 2001:db8::1',
  flag: 'true or false',
};

/** A number as values of a kind mean it; null for what is none. */
export function quantityOf(kind: FieldKind, text: string, zoneOffsetMinutes: (ms: number) => number): Quantity | null {
  if (kind === 'time') return timeOf(text, zoneOffsetMinutes);
  const number = numberOf(kind, text);
  return number === null ? null : { from: number, to: number, clock: false };
}

function numberOf(kind: FieldKind, text: string): number | null {
  if (kind === 'duration') return plainNumber(text) ?? durationOf(text);
  if (kind === 'size') return plainNumber(text) ?? sizeOf(text);
  if (kind === 'share' || kind === 'percent') return shareOf(kind, text);
  return plainNumber(text);
}

function plainNumber(text: string): number | null {
  if (/^0x[\da-f]{1,8}$/i.test(text)) return Number(text);
  return /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : null;
}

/** Seconds of `5m`, `1.5h`, `2h45m`. */
function durationOf(text: string): number | null {
  const parts = text.toLowerCase().matchAll(/(\d{1,15}(?:\.\d{1,9})?)(ns|us|µs|ms|min|sec|[smhdw])/gy);
  let seconds = 0;
  let length = 0;
  for (const [whole, number, unit] of parts) {
    seconds += Number(number) * SECONDS[unit];
    length += whole.length;
  }
  return length > 0 && length === text.length ? seconds : null;
}

/** Bytes of `10kB`, `1GiB`, `5M`. */
function sizeOf(text: string): number | null {
  const parts = /^(\d{1,15}(?:\.\d{1,9})?)\s*([kmgt]?)(i?)b?$/i.exec(text);
  if (parts === null || (parts[2] === '' && parts[3] !== '')) return null;
  const step = parts[3] === '' ? 1000 : 1024;
  return Number(parts[1]) * step ** Math.max(0, POWERS.indexOf(parts[2].toLowerCase()));
}

function shareOf(kind: FieldKind, text: string): number | null {
  const number = plainNumber(text.endsWith('%') ? text.slice(0, -1) : text);
  if (number === null || !text.endsWith('%')) return number;
  return kind === 'percent' ? number : number / 100;
}

/**
 * A moment, a whole day (`2026-01-31`), or a time of every day (`10:00`). A time without a zone is one of the zone
 * asked for.
 */
function timeOf(text: string, zoneOffsetMinutes: (ms: number) => number): Quantity | null {
  const epoch = /^\d{9,10}(\.\d{1,9})?$/.test(text) ? Number(text) * 1000 : null;
  if (epoch !== null) return { from: epoch, to: epoch, clock: false };
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?$/.exec(text);
  if (clock !== null) {
    const ms = clockMs(clock[1], clock[2], clock[3]);
    return ms === null ? null : { from: ms, to: ms, clock: true };
  }
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,9})?))?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text);
  if (parts === null) return null;
  const [, date, hours, minutes, seconds, zone] = parts;
  const day = Date.parse(`${date}T00:00:00Z`);
  // 2026-02-31 is read as a day of March: what it says when it is written again tells.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return null;
  const ms = hours === undefined ? 0 : clockMs(hours, minutes, seconds);
  if (ms === null) return null;
  const local = day + ms;
  const from = local - 60_000 * (zone === undefined ? zoneOffsetMinutes(local) : offsetOf(zone));
  return { from, to: hours === undefined ? from + DAY_MS : from, clock: false };
}

function clockMs(hours: string, minutes: string, seconds = '0'): number | null {
  const ms = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
  return Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60 ? ms : null;
}

/** Minutes that a zone is ahead of UTC. */
function offsetOf(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.replaceAll(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}
