/** Units of durations with their length in milliseconds, longest first, and from where on each is used. */
const UNITS = [
  { name: 'd', length: 86_400_000, from: 172_800_000 },
  { name: 'h', length: 3_600_000, from: 5_400_000 },
  { name: 'min', length: 60_000, from: 90_000 },
  { name: 's', length: 1000, from: 1000 },
] as const;

/**
 * A duration that is a multiple of `step` (both milliseconds), with as many digits as tell it from its neighbours:
 * 48,500 in steps of 500 is "48.5 s", 6,000,000 in steps of 600,000 is "100 min".
 */
export function formatStep(ms: number, step: number): string {
  for (const { name, length, from } of UNITS) {
    const decimals = decimalsOf(step / length);
    if (ms >= from && decimals !== null) return `${(ms / length).toFixed(decimals)} ${name}`;
  }
  return `${ms.toFixed(decimalsOf(step) ?? 2)} ms`;
}

/** A duration in milliseconds with three digits, for edges that no round step makes: "49.0 s", "1.26 min". */
export function formatRatio(ms: number): string {
  for (const { name, length, from } of UNITS) {
    if (ms >= from) return `${threeDigits(ms / length)} ${name}`;
  }
  return `${threeDigits(ms)} ms`;
}

function threeDigits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Decimals that write a step exactly, null where two are not enough. */
function decimalsOf(step: number): number | null {
  return (
    [0, 1, 2].find((decimals) => {
      const scaled = step * 10 ** decimals;
      return Math.abs(scaled - Math.round(scaled)) < 1e-6 && scaled > 0.5;
    }) ?? null
  );
}

/** A duration cut to a whole number of what people count it in: "45 s", "7 min", "4 h". */
export function wholeDuration(ms: number): string {
  for (const { name, length } of UNITS) {
    if (ms >= 2 * length) return `${Math.floor(ms / length)} ${name}`;
  }
  return `${Math.floor(ms / 1000)} s`;
}
