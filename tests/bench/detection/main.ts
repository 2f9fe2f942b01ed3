import { median } from '../../../src/analysis/scores/statistics.ts';
import { buildCorpus } from './corpus.ts';
import { HOSTS } from './networks/network.ts';
import { ORDERS, type Place, placesIn } from './networks/places.ts';
import { perThousand, separate, thresholdFor } from './metrics.ts';
import type { Scored } from './scored.ts';
import { SCORES, scoreAll } from './scored.ts';
import type { Series } from './series.ts';

/** How well each score finds beacons among other traffic, on series made from a seed (the first argument). */

const NETWORKS = 100;

const started = performance.now();
const seed = Number(process.argv[2] ?? 1);
const corpus = buildCorpus(seed);
const scored = scoreAll(corpus);
const of = (origin: Series['origin']): Scored[] => scored.filter(({ series }) => series.origin === origin);
const beacons = of('beacon');
const groups = { aperiodic: of('aperiodic'), periodic: of('periodic'), all: [...of('aperiodic'), ...of('periodic')] };
const ranks = (rows: Scored[], score: (typeof SCORES)[number]): Float64Array =>
  Float64Array.from(rows, (row) => row.rank[score]);
const cell = (value: number, digits = 3): string => (Number.isNaN(value) ? '-' : value.toFixed(digits));

function printTable(title: string, head: string[], rows: string[][]): void {
  console.log(`\n### ${title}\n`);
  console.log(`| ${head.join(' | ')} |`);
  console.log(`|${head.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

console.log(
  `${beacons.length} beacons, ${groups.aperiodic.length} aperiodic and ${groups.periodic.length} periodic ` +
    `benign connections, seed ${seed}`,
);

for (const [name, others] of Object.entries(groups)) {
  printTable(
    `Beacons against ${name === 'all' ? 'all benign' : `${name} benign`} connections`,
    ['score', 'ROC AUC', 'average precision at 1:1000', 'recall at 1 % FPR', 'recall at 0.1 % FPR'],
    SCORES.map((score) => {
      const { rocAuc, averagePrecision, recallAt1Percent, recallAtTenthPercent } = separate(
        ranks(beacons, score),
        ranks(others, score),
      );
      return [score, ...[rocAuc, averagePrecision, recallAt1Percent, recallAtTenthPercent].map((value) => cell(value))];
    }),
  );
}

const slices: Record<string, (row: Scored) => string> = {
  jitter: ({ series }) => `${Math.round(series.truth!.jitter * 100)} %`,
  'missed check-ins': ({ series }) => `${Math.round(series.truth!.missed * 100)} %`,
  flows: ({ series }) =>
    [1000, 100, 30, 10, 5].map(String).find((least) => series.startsMs.length >= Number(least)) + ' or more',
  implants: ({ series }) => String(series.truth!.implants),
  interval: ({ series }) =>
    [3600, 600, 60, 0].map(String).find((least) => series.truth!.intervalS >= Number(least)) + ' s or more',
  'work hours only': ({ series }) => (series.truth!.workHours ? 'yes' : 'no'),
  'operator at work': ({ series }) => (series.truth!.tasked ? 'yes' : 'no'),
  'delay model': ({ series }) => series.kind,
};
const limits = SCORES.map((score) => [0.01, 0.001].map((share) => thresholdFor(ranks(groups.aperiodic, score), share)));
for (const [name, keyOf] of Object.entries(slices)) {
  const keys = [...new Set(beacons.map(keyOf))].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  printTable(
    `Recall at 1 % / 0.1 % false positives among aperiodic connections, by ${name}`,
    [name, 'beacons', ...SCORES],
    keys.map((key) => {
      const rows = beacons.filter((row) => keyOf(row) === key);
      const recall = SCORES.map((score, index) =>
        limits[index]
          .map((limit) => cell(rows.filter((row) => row.rank[score] > limit).length / rows.length, 2))
          .join(' / '),
      );
      return [key, String(rows.length)].concat(recall);
    }),
  );
}

printTable(
  'False positives per 1,000 connections, and recall',
  ['score', 'at', 'aperiodic', 'periodic', 'recall'],
  SCORES.flatMap((score) =>
    [0.5, 0.7, 0.8].map((threshold) => {
      const reaching = (rows: Scored[]): number =>
        perThousand(
          Float64Array.from(rows, (row) => row.value[score]),
          threshold,
        );
      return [
        score,
        String(threshold),
        cell(reaching(groups.aperiodic), 1),
        cell(reaching(groups.periodic), 0),
        cell(reaching(beacons) / 1000, 2),
      ];
    }),
  ),
);

const errors = Float64Array.from(
  beacons.filter(({ series, value }) => series.truth!.implants === 1 && value.rhythm >= 0.5),
  ({ series, intervalS }) => Math.abs(intervalS / series.truth!.intervalS - 1),
).sort();
console.log(
  `\nThe interval of ${errors.length} beacons of one implant that rhythm scores 0.5 or more: ` +
    `median error ${cell(100 * median(errors), 2)} %, nine in ten within ${cell(100 * errors[Math.floor(0.9 * errors.length)], 1)} %`,
);

const places = placesIn(NETWORKS, seed);
const listed = Float64Array.from(places, (place) => place.listed).sort();
for (const [name, keyOf] of Object.entries({ network: () => 'all', channel: ({ channel }: Place) => channel })) {
  printTable(
    `Infections within the first ten rows of ${NETWORKS} networks of ${HOSTS} hosts (${Math.round(median(listed))} rows in the middle one), by ${name}`,
    [name, 'networks', ...ORDERS],
    [...new Set(places.map(keyOf))].toSorted().map((key) => {
      const some = places.filter((place) => keyOf(place) === key);
      const share = ORDERS.map((order) => cell(some.filter(({ place }) => place[order] <= 10).length / some.length, 2));
      return [key, String(some.length)].concat(share);
    }),
  );
}
console.log(`${cell((performance.now() - started) / 1000, 1)} s`);
