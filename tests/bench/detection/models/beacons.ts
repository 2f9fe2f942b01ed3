import type { Random } from '../../../builders/random.ts';
import type { Series } from '../series.ts';
import { CAPTURES_S, LEAST_FLOWS } from '../series.ts';
import { DELAY_MODELS } from './delays.ts';
import { constantSizes, similarSizes, variedSizes } from './sizes.ts';

const SHORTEST_S = 5;
const LONGEST_S = 4 * 3600;
/** An interval is no longer than this share of the capture: what comes less often cannot be told from chance. */
const LONGEST_SHARE = 1 / 6;
const JITTERS = [0, 0, 0.1, 0.2, 0.3, 0.37, 0.5, 0.7, 0.9];
const MISSED = [0, 0, 0, 0.05, 0.1, 0.2, 0.3];
const WORK_FROM_S = 8 * 3600;
const WORK_TO_S = 18 * 3600;

/** One implant's traffic to its server, or that of several on one machine. Null where the draw gave too few flows. */
export function drawBeacon(random: Random): Series | null {
  const captureS = random.pick(CAPTURES_S);
  const kind = random.pick(Object.keys(DELAY_MODELS));
  const model = DELAY_MODELS[kind];
  const longestS = Math.min(LONGEST_S, captureS * LONGEST_SHARE);
  const intervalS = SHORTEST_S * Math.exp(random.uniform(0, Math.log(longestS / SHORTEST_S)));
  const jitter = kind === 'Meterpreter' ? 0 : random.pick(JITTERS);
  const missed = random.pick(MISSED);
  const implants = random.chance(0.08) ? random.integer(2, 4) : 1;
  const tasked = random.chance(0.25);
  const workHours = captureS === 86_400 && random.chance(0.25);
  const drift = 1 + random.normal(0, 2e-4);
  const roundTripS = random.uniform(0.02, 0.4);

  const times: number[] = [];
  for (let implant = 0; implant < implants; implant++) {
    const sessions = tasked ? drawSessions(random, captureS) : [];
    let step = 100;
    let now = random.uniform(0, Math.min(intervalS, captureS / 4));
    while (now < captureS) {
      const asleep = workHours && (now < WORK_FROM_S || now > WORK_TO_S);
      if (!asleep && !random.chance(missed)) times.push(now);
      const session = sessions.find(([from, to]) => now >= from && now < to);
      if (session !== undefined && !asleep) {
        times.push(...burst(random, now));
        step = 0;
      }
      step++;
      now += model.sleep(random, intervalS, jitter, step) * drift + random.exponential(roundTripS);
    }
  }
  const startsMs = inCapture(times, captureS);
  if (startsMs.length < LEAST_FLOWS) return null;
  const nextSize = random.pick([constantSizes, similarSizes, similarSizes, variedSizes])(random);
  return {
    kind,
    origin: 'beacon',
    startsMs,
    bytesSent: startsMs.map(nextSize),
    captureS,
    truth: {
      intervalS: model.median(intervalS, jitter) * drift + roundTripS * Math.LN2,
      jitter,
      missed,
      implants,
      tasked,
      workHours,
    },
  };
}

/** When an operator sits at the console: one to three stretches of the capture. */
function drawSessions(random: Random, captureS: number): [from: number, to: number][] {
  return Array.from({ length: random.integer(1, 3) }, () => {
    const from = random.uniform(0, captureS);
    return [from, from + random.uniform(0.01, 0.1) * captureS];
  });
}

/** Results sent home after a check-in brought work: a few connections, seconds apart. */
function burst(random: Random, fromS: number): number[] {
  const times: number[] = [];
  let now = fromS;
  for (let left = random.integer(1, 6); left > 0; left--) {
    now += random.exponential(1.5);
    times.push(now);
  }
  return times;
}

/** Times within the capture as whole milliseconds, ascending. */
export function inCapture(times: number[], captureS: number): Float64Array {
  return Float64Array.from(
    times.filter((time) => time >= 0 && time < captureS),
    (time) => Math.round(time * 1000),
  ).sort();
}
