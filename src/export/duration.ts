/** The longest duration that is said in a unit (a minute and a half of seconds says more than 1.5 min), and its length. */
const UNITS = [
  { below: 1000, unit: 'ms', ms: 1 },
  { below: 90_000, unit: 's', ms: 1000 },
  { below: 5_400_000, unit: 'min', ms: 60_000 },
  { below: 172_800_000, unit: 'h', ms: 3_600_000 },
  { below: Number.POSITIVE_INFINITY, unit: 'd', ms: 86_400_000 },
];

/** A duration as people say it, to three digits: `240 ms`, `54 s`, `5.02 min`, `1.8 h`; `-` where there is none (NaN). */
export function duration(ms: number): string {
  const said = UNITS.find(({ below }) => ms < below);
  if (said === undefined) return '-';
  const value = ms / said.ms;
  return `${value < 1000 ? Number(value.toPrecision(3)) : Math.round(value)} ${said.unit}`;
}
