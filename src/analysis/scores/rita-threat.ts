/** Four rising limits, which stand for 0.2, 0.4, 0.6 and 0.8. */
export type ThreatLimits = readonly [base: number, low: number, medium: number, high: number];

/** Limits of a beacon's score, in percent. */
export const BEACON_LIMITS: ThreatLimits = [50, 70, 90, 100];

const STEP = 0.2;

/** Threat of a value: 0 below the first limit, linear between neighbours, 0.8 from the last on. */
export function threatOf(value: number, limits: ThreatLimits): number {
  if (value < limits[0]) return 0;
  for (let index = 1; index < limits.length; index++) {
    if (value >= limits[index]) continue;
    return STEP * (index + (value - limits[index - 1]) / (limits[index] - limits[index - 1]));
  }
  return STEP * limits.length;
}
