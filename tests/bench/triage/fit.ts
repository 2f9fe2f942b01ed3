import { RULES } from '../../../src/analysis/triage/lines.ts';
import type { Capture, Row } from './corpus.ts';

/** Log-odds that one point stands for. */
const POINT = 0.8;
/** How many captures' worth of evidence the points as they are weigh against the data. */
const PRIOR_WEIGHT = 1.5;
/** A benign capture counts as this many rows at most, one of malware as one whatever its rows. */
const MOST_BENIGN_ROWS = 20;
const STEPS = 1500;
const STEP = 0.01;
/** Points of the watch list are the analyst's and are not fitted. */
const FIXED = new Set(['watch']);

/** A connection to learn from: which rules apply, whether it is command and control, and how much it counts. */
export interface Example {
  lines: Uint8Array;
  sign: 1 | -1;
  weight: number;
}

/** What there is to learn from captures; a publisher of thirty captures of one family counts as five. */
export function examplesOf(captures: readonly Capture[]): Example[] {
  const counts = new Map<string, number>();
  for (const { source } of captures) counts.set(source, (counts.get(source) ?? 0) + 1);
  return captures.flatMap((capture) => examplesIn(capture, 1 / Math.sqrt(counts.get(capture.source) ?? 1)));
}

/**
 * Points by place in `RULES`: a logistic regression over which rules apply, with as many parameters as rules and one for
 * all. Each keeps the sign it has (a line never turns into its opposite) and is drawn to the points it has by a Gaussian
 * prior, so that a rule which the data say nothing of stays; then they are rounded to whole points.
 */
export function fitPoints(captures: readonly Capture[]): Int8Array {
  const examples = examplesOf(captures);
  const prior = Float64Array.from(RULES, ({ points }) => points * POINT);
  const weights = prior.slice();
  let bias = -3;
  const [first, second] = [new Float64Array(RULES.length + 1), new Float64Array(RULES.length + 1)];
  const gradient = new Float64Array(RULES.length + 1);
  for (let step = 1; step <= STEPS; step++) {
    for (let rule = 0; rule < RULES.length; rule++) gradient[rule] = PRIOR_WEIGHT * (weights[rule] - prior[rule]);
    gradient[RULES.length] = 0;
    for (const { lines, sign, weight } of examples) {
      let sum = bias;
      for (let rule = 0; rule < RULES.length; rule++) sum += lines[rule] * weights[rule];
      const push = (-sign * weight) / (1 + Math.exp(sign * sum));
      gradient[RULES.length] += push;
      for (let rule = 0; rule < RULES.length; rule++) gradient[rule] += lines[rule] * push;
    }
    // Adam (Kingma and Ba, 2015), with a projection onto the signs.
    for (let at = 0; at <= RULES.length; at++) {
      first[at] = 0.9 * first[at] + 0.1 * gradient[at];
      second[at] = 0.999 * second[at] + 0.001 * gradient[at] ** 2;
      const move = (STEP * (first[at] / (1 - 0.9 ** step))) / (Math.sqrt(second[at] / (1 - 0.999 ** step)) + 1e-9);
      if (at === RULES.length) bias -= move;
      else if (!FIXED.has(RULES[at].id)) weights[at] = signed(weights[at] - move, RULES[at].points);
    }
  }
  return Int8Array.from(weights, (weight) => Math.round(weight / POINT));
}

function signed(weight: number, points: number): number {
  if (points === 0) return 0;
  return points > 0 ? Math.max(0, weight) : Math.min(0, weight);
}

function examplesIn({ rows, isBenign }: Capture, share: number): Example[] {
  const c2 = rows.filter(({ label }) => label === 1);
  const benign = rows.filter(({ label }) => label === 0);
  const positive = c2.map(({ lines }): Example => ({ lines, sign: 1, weight: share / Math.sqrt(c2.length) }));
  const each = share * (isBenign ? Math.min(1, MOST_BENIGN_ROWS / benign.length) : 0.2);
  return [...positive, ...benign.map(({ lines }): Example => ({ lines, sign: -1, weight: each }))];
}

/** The same captures with other totals, and the badges and the order that they give. */
export function withTotals(
  captures: readonly Capture[],
  totalOf: (lines: Uint8Array) => number,
  badgeOf: (total: number) => string,
): Capture[] {
  return captures.map((capture) => {
    const rows = capture.rows.map((row): Row => {
      const total = totalOf(row.lines);
      return { ...row, total, badge: badgeOf(total) };
    });
    return { ...capture, rows: rows.toSorted(inOrder) };
  });
}

function inOrder(a: Row, b: Row): number {
  const strength = (row: Row): number => (Number.isNaN(row.strength) ? Number.NEGATIVE_INFINITY : row.strength);
  if (a.total !== b.total) return b.total - a.total;
  return strength(a) === strength(b) ? b.flows - a.flows : strength(b) - strength(a);
}
