import type { Random } from '../../../builders/random.ts';
import { bursts, logNormal, logUniform, pareto, poisson, renewal, sessions } from './rates.ts';
import type { SizeModel } from './sizes.ts';
import { constantSizes, similarSizes, variedSizes } from './sizes.ts';

/** Draws the flow starts of one connection of a kind, in seconds from the capture's start. */
export interface TrafficKind {
  draw(random: Random, captureS: number): number[];
  sizes: SizeModel;
}

/** A user reading: pages with a pause for thought after each. */
function pages(random: Random, captureS: number, pauseS: number): number[] {
  return sessions(random, captureS, captureS / 3, captureS / 5, (from, to) =>
    renewal(to, from, () => logNormal(random, pauseS, 1.2)),
  );
}

/** Traffic that people and programs cause at no fixed time. */
export const APERIODIC: Record<string, TrafficKind> = {
  browsing: {
    draw: (random, captureS) => bursts(random, pages(random, captureS, logUniform(random, 10, 90)), 1, 8, 0.4),
    sizes: variedSizes,
  },
  'content network': {
    draw: (random, captureS) => bursts(random, pages(random, captureS, logUniform(random, 40, 400)), 1, 6, 0.15),
    sizes: variedSizes,
  },
  tracker: {
    draw: (random, captureS) =>
      bursts(random, pages(random, captureS, logUniform(random, 20, 200)), 1, 3, 1).filter(() => random.chance(0.7)),
    sizes: similarSizes,
  },
  'name lookups': {
    draw: (random, captureS) => [
      ...bursts(random, pages(random, captureS, logUniform(random, 15, 60)), 1, 6, 0.1),
      ...poisson(random, captureS, logUniform(random, 30, captureS / 4)),
    ],
    sizes: similarSizes,
  },
  'unrelated requests': {
    draw: (random, captureS) => poisson(random, captureS, captureS / logUniform(random, 8, 300)),
    sizes: variedSizes,
  },
  'requests by time of day': {
    draw: (random, captureS) => {
      const phase = random.uniform(0, 2 * Math.PI);
      return poisson(random, captureS, captureS / logUniform(random, 16, 400)).filter((time) =>
        random.chance(0.5 + 0.5 * Math.sin((2 * Math.PI * time) / captureS + phase)),
      );
    },
    sizes: variedSizes,
  },
  'requests that cause requests': {
    draw: (random, captureS) => {
      const decayS = logUniform(random, 1, 60);
      const times = poisson(random, captureS, captureS / logUniform(random, 4, 40));
      for (let index = 0; index < times.length && times.length < 1000; index++) {
        while (random.chance(0.4)) times.push(times[index] + random.exponential(decayS));
      }
      return times;
    },
    sizes: variedSizes,
  },
  chat: {
    draw: (random, captureS) =>
      sessions(random, captureS, captureS / 4, captureS / 8, (from, to) =>
        renewal(to, from, () => logNormal(random, logUniform(random, 4, 40), 1)),
      ),
    sizes: variedSizes,
  },
  'logon bursts': {
    draw: (random, captureS) => bursts(random, poisson(random, captureS, captureS / random.integer(2, 8)), 3, 20, 0.5),
    sizes: variedSizes,
  },
  'directory lookups': {
    draw: (random, captureS) => bursts(random, pages(random, captureS, logUniform(random, 30, 300)), 1, 4, 0.05),
    sizes: similarSizes,
  },
  updates: {
    draw: (random, captureS) =>
      bursts(random, poisson(random, captureS, captureS / random.integer(1, 4)), 5, 60, logUniform(random, 0.5, 20)),
    sizes: variedSizes,
  },
  'retries that back off': {
    draw: (random, captureS) =>
      poisson(random, captureS, captureS / random.integer(1, 4)).flatMap((from) => {
        const growth = random.uniform(1.5, 2.5);
        let wait = random.uniform(0.5, 5);
        let now = from;
        return Array.from({ length: random.integer(4, 10) }, () => {
          now += wait * random.uniform(0.8, 1.2);
          wait *= growth;
          return now;
        });
      }),
    sizes: constantSizes,
  },
  'unanswered attempts': {
    draw: (random, captureS) =>
      poisson(random, captureS, captureS / random.integer(2, 12)).flatMap((from) =>
        [0, 1, 3, 7, 15].map((delay) => from + delay + random.uniform(0, 0.05)),
      ),
    sizes: constantSizes,
  },
  scan: {
    draw: (random, captureS) =>
      bursts(random, [random.uniform(0, captureS * 0.8)], 10, 120, logUniform(random, 0.005, 2)),
    sizes: constantSizes,
  },
  'peer to peer': {
    draw: (random, captureS) => {
      const exponent = random.uniform(0.7, 1.6);
      return renewal(captureS, random.uniform(0, captureS / 3), () =>
        pareto(random, logUniform(random, 0.5, 20), exponent),
      );
    },
    sizes: variedSizes,
  },
  'kept-alive requests': {
    draw: (random, captureS) => {
      const idleS = random.pick([5, 15, 60, 120, 300]);
      let last = Number.NEGATIVE_INFINITY;
      return pages(random, captureS, logUniform(random, 10, captureS / 20))
        .toSorted((a, b) => a - b)
        .filter((time) => {
          const opens = time > last + idleS;
          last = time;
          return opens;
        });
    },
    sizes: variedSizes,
  },
  'reconnecting sockets': {
    draw: (random, captureS) => {
      const medianS = captureS / logUniform(random, 8, 60);
      return renewal(captureS, random.uniform(0, medianS), () => logNormal(random, medianS, 1.1));
    },
    sizes: similarSizes,
  },
  calls: {
    draw: (random, captureS) => bursts(random, poisson(random, captureS, captureS / random.integer(3, 25)), 2, 6, 4),
    sizes: similarSizes,
  },
  'remote sessions': {
    draw: (random, captureS) =>
      renewal(captureS, random.uniform(0, captureS / 4), () =>
        logNormal(random, captureS / random.integer(6, 30), 1.3),
      ),
    sizes: variedSizes,
  },
  'shared files': {
    draw: (random, captureS) =>
      bursts(random, pages(random, captureS, logUniform(random, 60, 600)), 1, 12, logUniform(random, 0.02, 3)),
    sizes: variedSizes,
  },
};
