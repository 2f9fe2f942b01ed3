/** What malware captures are locked with by old custom. */
const CUSTOM = 'infected';

/**
 * Passwords that an archive is tried with, each once: those that were given, then the one that captures of malware have
 * by custom, alone and behind it the dates in the archive's name, as malware-traffic-analysis.net has them.
 */
export function passwordsFor(archive: string, given: readonly string[]): string[] {
  const dates = Array.from(archive.matchAll(/(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)/g), ([, ...parts]) =>
    parts.join(''),
  );
  return [...new Set([...given, CUSTOM, ...dates.map((date) => `${CUSTOM}_${date}`)])];
}
