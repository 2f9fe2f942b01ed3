import type { Random } from '../../../builders/random.ts';

/** Draws bytes sent, one flow after the other. */
export type SizeModel = (random: Random) => () => number;

/** The same request every time. */
export const constantSizes: SizeModel = (random) => {
  const size = random.integer(60, 1200);
  return () => size;
};

/** One request with a field or two that vary. */
export const similarSizes: SizeModel = (random) => {
  const size = random.integer(200, 2000);
  const spread = random.uniform(1, 40);
  return () => Math.max(60, Math.round(random.normal(size, spread)));
};

/** Whatever a user or a program has to say: log-normal, as web requests are. */
export const variedSizes: SizeModel = (random) => {
  const size = random.integer(300, 4000);
  const spread = random.uniform(0.4, 1.6);
  return () => Math.max(60, Math.round(size * Math.exp(random.normal(0, spread))));
};
