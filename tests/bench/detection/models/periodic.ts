import type { Random } from '../../../builders/random.ts';
import type { TrafficKind } from './aperiodic.ts';
import { bursts, logUniform, poisson, renewal } from './rates.ts';
import { constantSizes, similarSizes, variedSizes } from './sizes.ts';

/** Honest clocks: every `intervalS`, off by up to `jitter` of it, on a schedule or after each other. */
function clock(random: Random, captureS: number, intervals: readonly number[], jitter: number): number[] {
  const usable = intervals.filter((interval) => interval < captureS / 6);
  const intervalS = random.pick(usable.length > 0 ? usable : [intervals[0]]);
  const from = random.uniform(0, intervalS);
  if (random.chance(0.5)) return renewal(captureS, from, () => intervalS * random.uniform(1 - jitter, 1 + jitter));
  return renewal(captureS, from, () => intervalS).map(
    (time) => time + random.uniform(-jitter, jitter) * intervalS * 0.5,
  );
}

/** Traffic that honest programs cause on a rhythm. */
export const PERIODIC: Record<string, TrafficKind> = {
  'time servers': {
    draw: (random, captureS) => clock(random, captureS, [64, 128, 256, 512, 1024], 0.02),
    sizes: constantSizes,
  },
  'mail polling': {
    draw: (random, captureS) => bursts(random, clock(random, captureS, [60, 300, 600, 900], 0.005), 1, 2, 0.5),
    sizes: similarSizes,
  },
  'virus definitions': {
    draw: (random, captureS) => bursts(random, clock(random, captureS, [60, 600, 3600, 14_400], 0.05), 1, 4, 2),
    sizes: variedSizes,
  },
  'voice keep-alive': {
    draw: (random, captureS) => clock(random, captureS, [15, 20, 25, 30], 0.02),
    sizes: constantSizes,
  },
  monitoring: {
    draw: (random, captureS) => clock(random, captureS, [10, 30, 60, 300], 0.003),
    sizes: similarSizes,
  },
  announcements: {
    draw: (random, captureS) => bursts(random, clock(random, captureS, [30, 60, 120, 900], 0.01), 3, 4, 0.3),
    sizes: constantSizes,
  },
  'polled interfaces': {
    draw: (random, captureS) => clock(random, captureS, [5, 10, 30, 60, 600], 0.1),
    sizes: similarSizes,
  },
  telemetry: {
    draw: (random, captureS) => clock(random, captureS, [60, 300, 900, 1800], 0.25),
    sizes: variedSizes,
  },
  // A busy connection that its server closes at a fixed age is opened again and again at nearly that age.
  'connections of a fixed life': {
    draw: (random, captureS) => {
      const lifeS = random.pick([15, 30, 60, 120]);
      let free = 0;
      return poisson(random, captureS, logUniform(random, lifeS / 20, lifeS / 2)).filter((time) => {
        const opens = time >= free;
        if (opens) free = time + lifeS;
        return opens;
      });
    },
    sizes: variedSizes,
  },
};
