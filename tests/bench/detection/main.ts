import { writeResults } from '../results.ts';
import { buildCorpus } from './corpus.ts';
import { placesIn } from './networks/places.ts';
import { detectionResults } from './results.ts';
import { scoreAll } from './scored.ts';
import { printTables } from './tables.ts';

/**
 * How well each score finds beacons among other traffic, on series made from a seed (the first argument). Without one,
 * what is quoted is written to results/detection.json.
 */

const SEED = 1;
const NETWORKS = 100;

const given = process.argv[2];
const seed = Number(given ?? SEED);
const scored = scoreAll(buildCorpus(seed));
const places = placesIn(NETWORKS, seed);
const results = detectionResults(seed, scored, places);
console.log(
  `${results.beacons} beacons, ${results.aperiodic} aperiodic and ${results.periodic} periodic benign connections, ` +
    `seed ${seed}`,
);
printTables(results, scored, places);
if (given === undefined) await writeResults('detection', results);
