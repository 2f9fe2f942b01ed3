import type { Random } from '../../../builders/random.ts';

/**
 * How an implant chooses how long to sleep: `intervalS` as configured, `jitter` 0 to 1, `step` check-ins since a task.
 */
interface DelayModel {
  sleep(random: Random, intervalS: number, jitter: number, step: number): number;
  /** Median sleep in seconds. */
  median(intervalS: number, jitter: number): number;
}

const LONGEST_BACKOFF_S = 10;

/** The idle wait of Meterpreter's HTTP transports: grows with every empty answer, to ten seconds. */
function backoff(step: number): number {
  return Math.min(LONGEST_BACKOFF_S, step < 10 ? step * 0.01 : step * 0.1);
}

const centred: DelayModel = {
  sleep: (random, intervalS, jitter) => intervalS * random.uniform(1 - jitter, 1 + jitter),
  median: (intervalS) => intervalS,
};

export const DELAY_MODELS: Record<string, DelayModel> = {
  'Cobalt Strike': {
    sleep: (random, intervalS, jitter) => intervalS * random.uniform(1 - jitter, 1),
    median: (intervalS, jitter) => intervalS * (1 - jitter / 2),
  },
  Empire: centred,
  PoshC2: centred,
  Sliver: {
    sleep: (random, intervalS, jitter) => intervalS * (1 + random.uniform(0, jitter)),
    median: (intervalS, jitter) => intervalS * (1 + jitter / 2),
  },
  'Mythic, either side': {
    sleep: (random, intervalS, jitter) => Math.round(intervalS * random.uniform(1 - jitter, 1 + jitter)),
    median: (intervalS) => intervalS,
  },
  'Mythic, above': {
    sleep: (random, intervalS, jitter) => Math.round(intervalS * (1 + random.uniform(0, jitter))),
    median: (intervalS, jitter) => intervalS * (1 + jitter / 2),
  },
  Meterpreter: {
    sleep: (_random, _intervalS, _jitter, step) => backoff(step),
    median: () => LONGEST_BACKOFF_S,
  },
};
