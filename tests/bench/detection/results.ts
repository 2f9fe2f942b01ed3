import { median } from '../../../src/analysis/scores/statistics.ts';
import { perThousand, separate, type Separation, thresholdFor } from './metrics.ts';
import { HOSTS } from './networks/network.ts';
import { ORDERS, type Place } from './networks/places.ts';
import type { Scored } from './scored.ts';
import { SCORES } from './scored.ts';
import type { Series } from './series.ts';

type ScoreKey = (typeof SCORES)[number];
/** Traffic that a score is to tell beacons from: without a rhythm, honest clocks, or both. */
type Others = 'aperiodic' | 'periodic' | 'all';

/** How often a score is at least `threshold`. */
interface Reached {
  /** Of 1,000 connections without a rhythm. */
  aperiodicPer1000: number;
  /** Of 1,000 honest clocks. */
  periodicPer1000: number;
  /** Share of the beacons. */
  recall: number;
}

interface ScoreResults {
  against: Record<Others, Separation>;
  /** By threshold: "0.5". */
  at: Record<string, Reached>;
  /** By jitter in percent: recall where 1 in 1,000 connections without a rhythm passes. */
  recallByJitter: Record<string, number>;
  /** By kind of traffic without a rhythm: how many of 1,000 reach 0.7. */
  at07ByKind: Record<string, number>;
}

/** What `npm run bench:detection` measures and other texts quote; shares are of 1, times in seconds. */
export interface DetectionResults {
  seed: number;
  beacons: number;
  aperiodic: number;
  periodic: number;
  scores: Record<ScoreKey, ScoreResults>;
  /** Of beacons of one implant that rhythm scores 0.5 or more: how far the interval it tells is off. */
  interval: { beacons: number; medianError: number; nineInTenWithin: number };
  /** Made networks with one infection each: in how many it stands within the first ten rows. */
  networks: { networks: number; hosts: number; rows: number; firstTen: Record<string, number> };
}

const THRESHOLDS = [0.5, 0.7, 0.8, 0.9];

export function groupsOf(scored: readonly Scored[]): Record<Series['origin'] | 'all', Scored[]> {
  const of = (origin: Series['origin']): Scored[] => scored.filter(({ series }) => series.origin === origin);
  const [beacon, aperiodic, periodic] = [of('beacon'), of('aperiodic'), of('periodic')];
  return { beacon, aperiodic, periodic, all: [...aperiodic, ...periodic] };
}

export function ranks(rows: readonly Scored[], score: ScoreKey): Float64Array {
  return Float64Array.from(rows, (row) => row.rank[score]);
}

export function detectionResults(seed: number, scored: readonly Scored[], places: readonly Place[]): DetectionResults {
  const groups = groupsOf(scored);
  return rounded({
    seed,
    beacons: groups.beacon.length,
    aperiodic: groups.aperiodic.length,
    periodic: groups.periodic.length,
    scores: fromKeys(SCORES, (score) => scoreResults(score, groups)),
    interval: intervalErrors(groups.beacon),
    networks: {
      networks: places.length,
      hosts: HOSTS,
      rows: median(Float64Array.from(places, ({ listed }) => listed).sort()),
      firstTen: fromKeys(ORDERS, (order) => places.filter(({ place }) => place[order] <= 10).length / places.length),
    },
  });
}

function scoreResults(score: ScoreKey, groups: ReturnType<typeof groupsOf>): ScoreResults {
  const beacons = ranks(groups.beacon, score);
  const reaching = (rows: readonly Scored[], threshold: number): number =>
    perThousand(
      Float64Array.from(rows, (row) => row.value[score]),
      threshold,
    );
  const limit = thresholdFor(ranks(groups.aperiodic, score), 0.001);
  const byJitter = grouped(groups.beacon, ({ series }) => String(Math.round(series.truth!.jitter * 100)));
  const byKind = grouped(groups.aperiodic, ({ series }) => series.kind);
  return {
    against: fromKeys(['aperiodic', 'periodic', 'all'], (others) => separate(beacons, ranks(groups[others], score))),
    at: fromKeys(THRESHOLDS.map(String), (threshold) => ({
      aperiodicPer1000: reaching(groups.aperiodic, Number(threshold)),
      periodicPer1000: reaching(groups.periodic, Number(threshold)),
      recall: reaching(groups.beacon, Number(threshold)) / 1000,
    })),
    recallByJitter: fromKeys(Object.keys(byJitter), (jitter) => {
      const rows = byJitter[jitter];
      return rows.filter((row) => row.rank[score] > limit).length / rows.length;
    }),
    at07ByKind: fromKeys(Object.keys(byKind).sort(), (kind) => reaching(byKind[kind], 0.7)),
  };
}

function intervalErrors(beacons: readonly Scored[]): DetectionResults['interval'] {
  const errors = Float64Array.from(
    beacons.filter(({ series, value }) => series.truth!.implants === 1 && value.rhythm >= 0.5),
    ({ series, intervalS }) => Math.abs(intervalS / series.truth!.intervalS - 1),
  ).sort();
  const nineInTenWithin = errors[Math.floor(0.9 * errors.length)];
  return { beacons: errors.length, medianError: median(errors), nineInTenWithin };
}

function grouped(rows: readonly Scored[], keyOf: (row: Scored) => string): Record<string, Scored[]> {
  const groups: Record<string, Scored[]> = {};
  for (const row of rows) (groups[keyOf(row)] ??= []).push(row);
  return groups;
}

function fromKeys<K extends string, V>(keys: readonly K[], valueOf: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, V>;
}

/** To six decimals: more would differ between machines. */
function rounded<T>(results: T): T {
  return JSON.parse(
    JSON.stringify(results, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value)),
  ) as T;
}
