import { writeFileSync } from 'node:fs';
import { FIRST_POINTS, NEXT_POINTS } from '../../../src/analysis/triage/badge.ts';
import { RULES } from '../../../src/analysis/triage/lines.ts';
import { type Capture, readCorpus } from './corpus.ts';
import { fitPoints, withPoints } from './fit.ts';
import { type Measure, measure, measureText } from './measure.ts';

/**
 * How well triage's order serves on labelled captures, in one process: `npm run bench:triage -- FOLDER TRUTH [OUT]`. Prints what
 * an analyst gets with the points as they are, with points fitted to all captures, and with points fitted to all sources
 * but the one that is measured; and for every rule what is lost and won without it. OUT takes the figures as JSON.
 */

const [folder, truth, out] = process.argv.slice(2);
if (folder === undefined || truth === undefined) throw new Error('usage: npm run bench:triage -- FOLDER TRUTH [OUT]');

const points = Int8Array.from(RULES, (rule) => rule.points);
const captures = await readCorpus(folder, truth);
const asIs = measure(captures);
const fitted = fitPoints(captures);
const sources = [...new Set(captures.map(({ source }) => source))];
const crossed = measure(
  sources.flatMap((left) => {
    const others = fitPoints(captures.filter(({ source }) => source !== left));
    return badged(
      captures.filter(({ source }) => source === left),
      others,
    );
  }),
);

console.log(`${captures.length} captures of ${sources.length} sources, ${asIs.malicious} with command and control`);
console.log(`as it is                 ${measureText(asIs)}`);
console.log(`fitted to all            ${measureText(measure(badged(captures, fitted)))}`);
console.log(`fitted without a source  ${measureText(crossed)}`);
console.log(
  '\n| rule | points | fitted | C2 | benign | without it: badged | benign rows |\n|---|---|---|---|---|---|---|',
);
const rules = RULES.map(({ id }, place) => {
  const without = measure(badged(captures, points.with(place, 0)));
  const carriers = (label: 0 | 1): number =>
    captures.filter(({ rows }) => rows.some((row) => row.label === label && row.lines[place] === 1)).length;
  const change = (of: (measured: Measure) => number, digits: number): string =>
    (of(without) - of(asIs)).toFixed(digits).replace(/^-?0\.?0*$/, '');
  const badgedChange = change((measured) => measured.badged, 2);
  const loadChange = change((measured) => measured.captures.badged + measured.logs.badged, 0);
  const [c2, benign] = [carriers(1), carriers(0)];
  console.log(`| ${[id, points[place], fitted[place], c2, benign, badgedChange, loadChange].join(' | ')} |`);
  return { id, points: points[place], fitted: fitted[place], c2, benign, badgedWithout: without.badged };
});
if (out !== undefined) writeFileSync(out, `${JSON.stringify({ asIs, crossed, rules }, null, 2)}\n`);

/** Captures with other points, and the badges that those give. */
function badged(some: readonly Capture[], others: ArrayLike<number>): Capture[] {
  return withPoints(some, others, (total) =>
    total >= FIRST_POINTS ? 'first' : total >= NEXT_POINTS ? 'next' : 'rest',
  );
}
