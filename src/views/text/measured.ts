import detection from '../../../results/detection.json' with { type: 'json' };
import triage from '../../../results/triage.json' with { type: 'json' };

/** Scores that `npm run bench:detection` measures, by their names on the page. */
const MEASURED = {
  rhythm: detection.scores.rhythm,
  rita: detection.scores.rita,
  notebook: detection.scores.notebook,
  corrected: detection.scores['notebook corrected'],
} as const;

type MeasuredScore = keyof typeof MEASURED;
type Threshold = keyof typeof detection.scores.rhythm.at;

/** How many of 1,000 connections without a rhythm reach a threshold all the same: "602", "9.8". */
export function falsePositives(score: MeasuredScore, threshold: Threshold): string {
  const per1000 = MEASURED[score].at[threshold].aperiodicPer1000;
  return per1000.toFixed(per1000 < 9.95 ? 1 : 0);
}

/** What share of the beacons reaches a threshold: "92 %". */
export function beaconsReaching(score: MeasuredScore, threshold: Threshold): string {
  return percent(MEASURED[score].at[threshold].recall);
}

/** What share of the beacons is found where 1 in 1,000 connections without a rhythm passes: "45 %". */
export function beaconsAtOneIn1000(score: MeasuredScore): string {
  return percent(MEASURED[score].against.aperiodic.recallAtTenthPercent);
}

/** What share of the connections that look names up reaches 0.7: "74 %". */
export function nameLookupsAt07(score: MeasuredScore): string {
  return percent(MEASURED[score].at07ByKind['name lookups'] / 1000);
}

/** "Of 1,000 connections without a rhythm 602 reach 0.5, 165 reach 0.7 and 30 reach 0.8" */
export function falsePositiveSentence(score: MeasuredScore): string {
  const [half, more, most] = (['0.5', '0.7', '0.8'] as const).map((threshold) => falsePositives(score, threshold));
  return `Of 1,000 connections without a rhythm ${half} reach 0.5, ${more} reach 0.7 and ${most} reach 0.8`;
}

/** What triage does on the captures that its points were set on. */
export const TRIAGE_MEASURED =
  `In ${percent(triage.asIs.top3)} of ${triage.asIs.malicious} captures and logs of malware command and control is ` +
  `among the first three rows; rows with a badge in ${triage.asIs.captures.all} benign captures: ` +
  `${triage.asIs.captures.badged}. The points were set on these: expect less of others.`;

/** Where the figures come from. */
export const BENCHMARK_NOTE =
  `The figures were measured on made series of five flows or more (npm run bench:detection): ` +
  `${count(detection.aperiodic)} without a rhythm, and ${count(detection.beacons)} of beacons with a jitter of ` +
  '0 to 90 %, ' +
  `up to 30 % of check-ins missed, work hours, operators at work, and several implants.`;

function count(value: number): string {
  return value.toLocaleString('en');
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
