import { badgeOf } from '../../../src/analysis/triage/badge.ts';
import { RULES } from '../../../src/analysis/triage/lines.ts';
import { writeResults } from '../results.ts';
import { type Capture, readCorpus } from './corpus.ts';
import { examplesOf, fitPoints, withTotals } from './fit.ts';
import { growForest } from './forest.ts';
import { lineResults } from './line-results.ts';
import { type Measure, measure, measureText, toReadInBenign } from './measure.ts';

/**
 * How well triage's order serves on labelled captures, in one process: `npm run bench:triage -- FOLDER TRUTH`. Measures what an
 * analyst gets with the points as they are, with points fitted to all captures, with points fitted to all sources but the
 * one that is measured, and with a random forest grown likewise, as a ceiling for what the same lines could say; and for
 * every line what is lost and won without it. Writes results/triage.json, which the README quotes.
 */

const [folder, truth] = process.argv.slice(2);
if (folder === undefined || truth === undefined) throw new Error('usage: npm run bench:triage -- FOLDER TRUTH');

const captures = await readCorpus(folder, truth);
const sources = [...new Set(captures.map(({ source }) => source))];
const points = Int8Array.from(RULES, (rule) => rule.points);
const asIs = measure(captures);
const fitted = fitPoints(captures);
const crossed = leftOut((others) => sumOver(fitPoints(others)), badgeWord);
const grown = leftOut(
  (others) => growForest(examplesOf(others)),
  () => 'rest',
);
const least = badgeLimit(grown, toReadInBenign(captures));
const measures: Record<'asIs' | 'fitted' | 'crossed' | 'forest', Measure> = {
  asIs,
  fitted: measure(withTotals(captures, sumOver(fitted), badgeWord)),
  crossed: measure(crossed),
  forest: measure(withBadges(grown, least)),
};
const lines = lineResults(captures, points, fitted, (others) =>
  measure(withTotals(captures, sumOver(others), badgeWord)),
);

console.log(`${captures.length} captures of ${sources.length} sources, ${asIs.malicious} with command and control`);
console.log(`as it is                 ${measureText(measures.asIs)}`);
console.log(`fitted to all            ${measureText(measures.fitted)}`);
console.log(`fitted without a source  ${measureText(measures.crossed)}`);
console.log(`forest without a source  ${measureText(measures.forest)}`);
console.log('\n| line | points | fitted | C2 | benign | without it: badged | above 95 % | benign rows |');
console.log('|---|---|---|---|---|---|---|---|');
for (const [id, { change, ...line }] of Object.entries(lines)) {
  const changes = [change.badged.toFixed(2), change.aboveBenign.toFixed(2), change.benignRows.toFixed(0)];
  const words = changes.map((text) => text.replace(/^-?0(?:\.00)?$/, ''));
  console.log(`| ${[id, line.points, line.fitted, line.c2, line.benign, ...words].join(' | ')} |`);
}
await writeResults('triage', { captures: captures.length, sources: sources.length, ...measures, lines });
await import('../figures.ts');

/** Every source measured with what was learnt from the others. */
function leftOut(
  learn: (others: Capture[]) => (lines: Uint8Array) => number,
  badge: (total: number) => string,
): Capture[] {
  return sources.flatMap((left) => {
    const totalOf = learn(captures.filter(({ source }) => source !== left));
    return withTotals(
      captures.filter(({ source }) => source === left),
      totalOf,
      badge,
    );
  });
}

function sumOver(some: ArrayLike<number>): (lines: Uint8Array) => number {
  return (rules) => rules.reduce((sum, applies, rule) => sum + applies * some[rule], 0);
}

function badgeWord(total: number): string {
  return badgeOf(Number.NaN, total);
}

/** The total from which on as many benign rows are to be read as with the points. */
function badgeLimit(some: readonly Capture[], rows: number): number {
  const totals = some.filter(({ isBenign }) => isBenign).flatMap((capture) => capture.rows.map(({ total }) => total));
  return totals.toSorted((a, b) => b - a)[rows] ?? 0;
}

function withBadges(some: readonly Capture[], over: number): Capture[] {
  return some.map((capture) => {
    const rows = capture.rows.map((row) => ({ ...row, badge: row.total > over ? 'next' : 'rest' }));
    return { ...capture, rows };
  });
}
