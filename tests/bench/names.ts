import type { Measure } from './built.ts';

const TURNS = 4;

/** Seconds of processor time to decode a file into flows, without and with looking into packets: the best of several turns. */
export interface NamesMeasurement {
  withoutSeconds: number;
  withSeconds: number;
}

/** What names, fingerprints and applications cost on a file, in Node: decoded with them and without in turn. */
export function costOfNames(file: string, measure: Measure): NamesMeasurement {
  const best: NamesMeasurement = { withoutSeconds: Number.POSITIVE_INFINITY, withSeconds: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < TURNS; turn++) {
    best.withoutSeconds = Math.min(best.withoutSeconds, measure('decodeSeconds', file, 'without'));
    best.withSeconds = Math.min(best.withSeconds, measure('decodeSeconds', file, 'with'));
  }
  return best;
}
