import type { Fit } from './container.ts';
import { beginsJoined } from './magic.ts';

/** How the records of a classic capture are laid out. */
export interface RecordFormat {
  littleEndian: boolean;
  /** Bytes before each packet: 16, or 24 or 28 in files with the modified magic number. */
  headerLength: number;
  /** Units of the fraction in a second: 1e6 or 1e9. */
  unitsPerSecond: number;
}

/** So many headers in a row that fit together are records: chance gives that once in 10^30 places. */
const IN_A_ROW = 3;
/** Records longer than this are not looked for: it would make every search wait for more bytes. */
const LONGEST_FOUND = 262_144;
/** Bytes that decide about any place. */
export const FIT_BYTES = IN_A_ROW * (LONGEST_FOUND + 32);
/** A capture's neighbouring packets are not further apart than this, in seconds. */
export const FARTHEST = 366 * 86_400;

/** What it means when the bytes end inside a chain of records: more may come, none may be missing, or the last is cut. */
export type ChainEnd = 'more' | 'whole' | 'cut';

/**
 * Whether records begin at `at`: headers in a row, each where the one before says, with packets that are not empty,
 * not longer on disk than on the wire, and at most `apart` seconds from the first. A shorter chain fits where it ends
 * with the file ("whole"), or with its second record or a later one cut by the file's end ("cut"). Records that were
 * read before say nothing: damage may have made them up.
 */
export function fitRecords(
  view: DataView,
  at: number,
  end: number,
  chainEnd: ChainEnd,
  format: RecordFormat,
  apart: number,
): Fit {
  let position = at;
  for (let count = 0; count < IN_A_ROW; count++) {
    if (position === end && count > 0 && chainEnd !== 'more') return 'fits';
    if (position + format.headerLength > end) return cutChain(count, chainEnd);
    if (!isPlausible(view, position, format)) return 'differs';
    if (Math.abs(view.getUint32(position, format.littleEndian) - view.getUint32(at, format.littleEndian)) > apart)
      return 'differs';
    position += format.headerLength + view.getUint32(position + 8, format.littleEndian);
    if (position > end) return cutChain(count, chainEnd);
  }
  return 'fits';
}

/**
 * Where records begin in the packet of the one at `at`, null where none do, and "unknown" where more bytes are needed.
 * They are not looked for where it is followed by one, or ends with the file.
 */
export function recordsWithin(
  view: DataView,
  at: number,
  end: number,
  final: boolean,
  format: RecordFormat,
): number | null | 'unknown' {
  const next = at + format.headerLength + view.getUint32(at + 8, format.littleEndian);
  const left = end - next;
  if (left < format.headerLength && !final) return 'unknown';
  if (left >= 0 && (left < format.headerLength || isPlausible(view, next, format))) return null;
  for (let place = at + 1; place < Math.min(next, end); place++) {
    const fit = fitRecords(view, place, end, final ? 'cut' : 'more', format, FARTHEST);
    if (fit !== 'differs') return fit === 'fits' ? place : 'unknown';
  }
  return null;
}

function cutChain(whole: number, chainEnd: ChainEnd): Fit {
  if (chainEnd === 'more') return 'unknown';
  return chainEnd === 'cut' && whole > 0 ? 'fits' : 'differs';
}

/** Whether the bytes at `at` can be a record's header (see `fitRecords`). */
function isPlausible(view: DataView, at: number, format: RecordFormat): boolean {
  const captured = view.getUint32(at + 8, format.littleEndian);
  if (captured === 0 || captured > LONGEST_FOUND) return false;
  const wire = view.getUint32(at + 12, format.littleEndian);
  if (wire < captured || wire > LONGEST_FOUND) return false;
  return view.getUint32(at + 4, format.littleEndian) < format.unitsPerSecond;
}

/** Bytes of a file, or records, that tell what its fractions of a second are counted in: of small ones few are enough. */
export const UNITS_BYTES = 1 << 16;
const UNITS_RECORDS = 256;
const NANOSECONDS = 1e9;

/**
 * Whether the fractions in a file that says microseconds are nanoseconds, by its first records: most of those that are
 * not 0 are more than a second of microseconds, and none more than one of nanoseconds. Null where more bytes are needed.
 */
export function areNanoseconds(
  view: DataView,
  from: number,
  end: number,
  final: boolean,
  { headerLength, littleEndian, unitsPerSecond }: RecordFormat,
): boolean | null {
  const last = Math.min(end, from + UNITS_BYTES);
  let [records, fractions, tooLarge] = [0, 0, 0];
  for (let at = from; records < UNITS_RECORDS && at + headerLength <= last; records++) {
    const fraction = view.getUint32(at + 4, littleEndian);
    const captured = view.getUint32(at + 8, littleEndian);
    if (captured > LONGEST_FOUND || fraction >= NANOSECONDS || beginsJoined(view, at)) break;
    if (fraction > 0) fractions++;
    if (fraction >= unitsPerSecond) tooLarge++;
    at += headerLength + captured;
  }
  if (records < UNITS_RECORDS && end - from < UNITS_BYTES && !final) return null;
  return tooLarge > 0 && 2 * tooLarge >= fractions;
}

const WORD = 4;

/** The place behind zero bytes, as far as they go by sixteen. */
export function behindZeros(view: DataView, from: number, end: number): number {
  let at = from;
  while (
    end - at >= 4 * WORD &&
    (view.getInt32(at) | view.getInt32(at + WORD) | view.getInt32(at + 2 * WORD) | view.getInt32(at + 3 * WORD)) === 0
  )
    at += 4 * WORD;
  return at;
}

/** Whether what stands at a place may be a record's header, as far as a look at its lengths tells. */
export function mayBeHeader(view: DataView, at: number, { littleEndian }: RecordFormat, most: number): boolean {
  const captured = view.getUint32(at + 8, littleEndian);
  return captured > 0 && captured <= most && captured <= view.getUint32(at + 12, littleEndian);
}

/** Some writers leave more than a second in the fraction; the time they mean is the sum. */
export function carry(time: { seconds: number; nanoseconds: number }): void {
  time.seconds += Math.floor(time.nanoseconds / 1e9);
  time.nanoseconds %= 1e9;
}
