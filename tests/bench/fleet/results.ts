/** Time on the clock, and of all processors. */
export interface Time {
  seconds: number;
  processorSeconds: number;
}

/** What loading and hunting so many flows took. */
export interface Measured {
  flows: number;
  connections: number;
  findings: number;
  loading: Time;
  hunting: Time;
  /** Seconds of processor time of the hunt that scoring took. */
  scoring: number;
  /** Memory that the process had at most, in MB. */
  peakMb: number;
}

/** What `npm run bench:fleet` measures and other texts quote. */
export interface FleetResults {
  cores: number;
  /** By millions of flows: "20". */
  sizes: Record<string, SizeResults>;
  /** Processor time as a power of the number of flows, from the fewest to the most: 1 is linear; null for one size. */
  growth: Record<Step, number> | null;
}

/** What is measured apart: reading and storing, what the engine counts and gives, and scores. */
const STEPS = ['load', 'sql', 'scores'] as const;
type Step = (typeof STEPS)[number];

type SizeResults = Omit<Measured, 'loading' | 'hunting' | 'scoring'> & {
  loadSeconds: number;
  huntSeconds: number;
  /** Flows a second of processor time. */
  flowsASecond: Record<Step, number>;
};

/** @param all by ascending number of flows, one at least */
export function fleetResults(all: readonly Measured[], cores: number): FleetResults {
  const [first, last] = [all[0], all[all.length - 1]];
  return {
    cores,
    sizes: Object.fromEntries(all.map((measured) => [String(measured.flows / 1e6), sizeResults(measured)])),
    growth:
      all.length === 1
        ? null
        : bySteps((step) => {
            return rounded(Math.log(spent(last)[step] / spent(first)[step]) / Math.log(last.flows / first.flows), 2);
          }),
  };
}

function sizeResults(measured: Measured): SizeResults {
  const { flows, connections, findings, peakMb, loading, hunting } = measured;
  return {
    flows,
    connections,
    findings,
    peakMb,
    loadSeconds: rounded(loading.seconds),
    huntSeconds: rounded(hunting.seconds),
    flowsASecond: bySteps((step) => rounded(flows / spent(measured)[step])),
  };
}

/** Seconds of processor time of each step. */
function spent({ loading, hunting, scoring }: Measured): Record<Step, number> {
  return { load: loading.processorSeconds, sql: hunting.processorSeconds - scoring, scores: scoring };
}

function bySteps(value: (step: Step) => number): Record<Step, number> {
  return { load: value('load'), sql: value('sql'), scores: value('scores') };
}

function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
