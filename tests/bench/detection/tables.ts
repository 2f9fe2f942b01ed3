import { perThousand, separate, thresholdFor } from './metrics.ts';
import { HOSTS } from './networks/network.ts';
import { ORDERS, type Place } from './networks/places.ts';
import { groupsOf, ranks, type DetectionResults } from './results.ts';
import type { Scored } from './scored.ts';
import { SCORES } from './scored.ts';

/** What the beacons of a slice have in common. */
const SLICES: Record<string, (row: Scored) => string> = {
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

/** Everything that was measured, as tables in Markdown. */
export function printTables(
  { networks, interval }: DetectionResults,
  scored: readonly Scored[],
  places: readonly Place[],
): void {
  const groups = groupsOf(scored);
  for (const name of ['aperiodic', 'periodic', 'all'] as const) printSeparation(name, groups.beacon, groups[name]);
  printSlices(groups);
  printThresholds(groups);
  console.log(
    `\nThe interval of ${interval.beacons} beacons of one implant that rhythm scores 0.5 or more: median error ` +
      `${cell(100 * interval.medianError, 2)} %, nine in ten within ${cell(100 * interval.nineInTenWithin, 1)} %`,
  );
  printPlaces('network', places, networks.rows, () => 'all');
  printPlaces('channel', places, networks.rows, ({ channel }) => channel);
}

function printSeparation(name: string, beacons: readonly Scored[], others: readonly Scored[]): void {
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

function printSlices({ beacon, aperiodic }: ReturnType<typeof groupsOf>): void {
  const limits = SCORES.map((score) => [0.01, 0.001].map((share) => thresholdFor(ranks(aperiodic, score), share)));
  for (const [name, keyOf] of Object.entries(SLICES)) {
    const keys = [...new Set(beacon.map(keyOf))].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    printTable(
      `Recall at 1 % / 0.1 % false positives among aperiodic connections, by ${name}`,
      [name, 'beacons', ...SCORES],
      keys.map((key) => {
        const rows = beacon.filter((row) => keyOf(row) === key);
        const recall = SCORES.map((score, index) =>
          limits[index]
            .map((limit) => cell(rows.filter((row) => row.rank[score] > limit).length / rows.length, 2))
            .join(' / '),
        );
        return [key, String(rows.length)].concat(recall);
      }),
    );
  }
}

function printThresholds({ beacon, aperiodic, periodic }: ReturnType<typeof groupsOf>): void {
  printTable(
    'False positives per 1,000 connections, and recall',
    ['score', 'at', 'aperiodic', 'periodic', 'recall'],
    SCORES.flatMap((score) =>
      [0.5, 0.7, 0.8, 0.9].map((threshold) => {
        const reaching = (rows: Scored[]): number =>
          perThousand(
            Float64Array.from(rows, (row) => row.value[score]),
            threshold,
          );
        const counts = [cell(reaching(aperiodic), 1), cell(reaching(periodic), 0), cell(reaching(beacon) / 1000, 2)];
        return [score, String(threshold)].concat(counts);
      }),
    ),
  );
}

function printPlaces(name: string, places: readonly Place[], rows: number, keyOf: (place: Place) => string): void {
  printTable(
    `Infections within the first ten rows of ${places.length} networks of ${HOSTS} hosts ` +
      `(${Math.round(rows)} rows in the middle one), by ${name}`,
    [name, 'networks', ...ORDERS],
    [...new Set(places.map(keyOf))].toSorted().map((key) => {
      const some = places.filter((place) => keyOf(place) === key);
      const share = ORDERS.map((order) => cell(some.filter(({ place }) => place[order] <= 10).length / some.length, 2));
      return [key, String(some.length)].concat(share);
    }),
  );
}

function cell(value: number, digits = 3): string {
  return Number.isNaN(value) ? '-' : value.toFixed(digits);
}

function printTable(title: string, head: string[], rows: string[][]): void {
  console.log(`\n### ${title}\n`);
  console.log(`| ${head.join(' | ')} |`);
  console.log(`|${head.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
