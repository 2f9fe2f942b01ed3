import type { Random } from '../../builders/random.ts';
import { seededRandom } from '../../builders/random.ts';
import type { TrafficKind } from './models/aperiodic.ts';
import { APERIODIC } from './models/aperiodic.ts';
import { drawBeacon, inCapture } from './models/beacons.ts';
import { PERIODIC } from './models/periodic.ts';
import type { Series } from './series.ts';
import { CAPTURES_S, LEAST_FLOWS } from './series.ts';

export const BENIGN = 12_000;
export const BEACONS = 1500;
const PERIODIC_SHARE = 0.06;

/** The benchmark's series of one seed, the same on every run. */
export function buildCorpus(seed: number): Series[] {
  const random = seededRandom(seed);
  const periodic = Math.round(BENIGN * PERIODIC_SHARE);
  return [
    ...drawMany(BENIGN - periodic, () => drawBenign(random, APERIODIC, 'aperiodic')),
    ...drawMany(periodic, () => drawBenign(random, PERIODIC, 'periodic')),
    ...drawMany(BEACONS, () => drawBeacon(random)),
  ];
}

function drawMany(count: number, draw: () => Series | null): Series[] {
  const all: Series[] = [];
  while (all.length < count) {
    const series = draw();
    if (series !== null) all.push(series);
  }
  return all;
}

function drawBenign(
  random: Random,
  kinds: Record<string, TrafficKind>,
  origin: 'aperiodic' | 'periodic',
): Series | null {
  const kind = random.pick(Object.keys(kinds));
  const captureS = random.pick(CAPTURES_S);
  const startsMs = inCapture(kinds[kind].draw(random, captureS), captureS);
  if (startsMs.length < LEAST_FLOWS) return null;
  const nextSize = kinds[kind].sizes(random);
  return { kind, origin, startsMs, bytesSent: startsMs.map(nextSize), captureS, truth: null };
}
