/** A version that user agents name, and in which year a version of it came out; approximate but for a year or two. */
interface Release {
  pattern: RegExp;
  year: (version: number) => number;
}

const TRIDENT_YEARS = [2009, 2011, 2012, 2013];
const MSIE_YEARS = [1999, 2001, 2006, 2009, 2011, 2012, 2013];

/**
 * Internet Explorer's engine counts before its version: in a compatibility view it calls itself an older one. Chrome and
 * Firefox have had about nine versions a year; the first Gecko of Mozilla 5.0 is left to them.
 */
const RELEASES: readonly Release[] = [
  { pattern: /Trident\/(\d{1,2})/, year: (version) => TRIDENT_YEARS[version - 4] ?? 2013 },
  { pattern: /MSIE (\d{1,2})/, year: (version) => MSIE_YEARS[version - 5] ?? 1998 },
  { pattern: /^Mozilla\/([1-3])\./, year: () => 1997 },
  { pattern: /Chrome\/(\d{1,3})/, year: (version) => 2009.5 + version * 0.115 },
  { pattern: /Firefox\/(\d{1,3})/, year: (version) => 2011 + version * 0.115 },
  { pattern: /Windows (?:9[58]|NT [45])(\d?)/, year: () => 2001 },
];
/** Milliseconds of a year, and the year that they are counted from. */
const YEAR_MS = 365.2425 * 86_400_000;
const EPOCH_YEAR = 1970;

/** The year that the browser which a user agent names came out in, with a fraction; NaN where it names none. */
export function agentYear(userAgent: string): number {
  for (const { pattern, year } of RELEASES) {
    const match = pattern.exec(userAgent);
    if (match !== null) return year(Number(match[1]));
  }
  return Number.NaN;
}

/** Whole years from one to a moment (milliseconds since 1970); 0 for NaN and for one that is to come. */
export function yearsUntil(year: number, atMs: number): number {
  return Math.max(0, Math.floor(EPOCH_YEAR + atMs / YEAR_MS - year)) || 0;
}
