/** How well a score separates beacons from what is none. Scores rank; equal ones count as one step. */
export interface Separation {
  rocAuc: number;
  /** Average precision if there were 1,000 others for every beacon. */
  averagePrecision: number;
  recallAt1Percent: number;
  recallAtTenthPercent: number;
}

const OTHERS_PER_BEACON = 1000;

/**
 * @param beacons scores of beacons; not a number ranks last
 * @param others scores of what is none
 */
export function separate(beacons: Float64Array, others: Float64Array): Separation {
  const found = descending(beacons);
  const wrong = descending(others);
  let hits = 0;
  let alarms = 0;
  let rocAuc = 0;
  let averagePrecision = 0;
  let recallAt1Percent = 0;
  let recallAtTenthPercent = 0;
  while (hits < found.length) {
    const threshold = Math.max(found[hits], wrong[alarms] ?? Number.NEGATIVE_INFINITY);
    let newHits = 0;
    let newAlarms = 0;
    while (found[hits + newHits] === threshold) newHits++;
    while (wrong[alarms + newAlarms] === threshold) newAlarms++;
    rocAuc += (newAlarms / wrong.length) * ((hits + newHits / 2) / found.length);
    hits += newHits;
    alarms += newAlarms;
    const recall = hits / found.length;
    const alarmRate = alarms / wrong.length;
    averagePrecision += (newHits / found.length) * (recall / (recall + OTHERS_PER_BEACON * alarmRate));
    if (alarmRate <= 0.01) recallAt1Percent = recall;
    if (alarmRate <= 0.001) recallAtTenthPercent = recall;
  }
  rocAuc += 1 - alarms / wrong.length;
  return { rocAuc, averagePrecision, recallAt1Percent, recallAtTenthPercent };
}

/** How many in 1,000 score at least `threshold`. */
export function perThousand(scores: Float64Array, threshold: number): number {
  return (1000 * scores.filter((score) => score >= threshold).length) / scores.length;
}

/** The threshold that at most `share` of the scores reach. */
export function thresholdFor(scores: Float64Array, share: number): number {
  const sorted = descending(scores);
  const allowed = Math.floor(share * sorted.length);
  return allowed < sorted.length ? sorted[allowed] : Number.NEGATIVE_INFINITY;
}

function descending(scores: Float64Array): Float64Array {
  return scores
    .map((score) => (Number.isNaN(score) ? -Number.MAX_VALUE : score))
    .sort()
    .toReversed();
}
