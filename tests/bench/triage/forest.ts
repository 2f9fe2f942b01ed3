import { type Random, seededRandom } from '../../builders/random.ts';
import type { Example } from './fit.ts';

const TREES = 100;
const DEEPEST = 12;
const FEWEST_EXAMPLES = 3;
const SEED = 20_261_129;

/** A tree: the share of command and control at a leaf, or the line that decides and what follows without it and with it. */
type Tree = number | { line: number; without: Tree; with: Tree };

/**
 * A random forest (Breiman, 2001) over which lines apply: trees of yes and no on samples drawn by weight, a few lines
 * drawn anew at every fork, Gini's impurity. Lines may mean one thing here and another there, so that it says how much
 * is lost by adding up points. Gives a number from 0 to 1 for the lines of a connection. The draws are the same every time.
 */
export function growForest(examples: readonly Example[]): (lines: Uint8Array) => number {
  const random = seededRandom(SEED);
  const trees = Array.from({ length: TREES }, () => grow(sample(examples, random), DEEPEST, random));
  return (lines) => trees.reduce<number>((sum, tree) => sum + ask(tree, lines), 0) / TREES;
}

function ask(tree: Tree, lines: Uint8Array): number {
  let at = tree;
  while (typeof at !== 'number') at = lines[at.line] === 1 ? at.with : at.without;
  return at;
}

function grow(examples: readonly Example[], depth: number, random: Random): Tree {
  const positive = examples.filter(({ sign }) => sign === 1).length;
  const share = positive / examples.length;
  if (depth === 0 || share === 0 || share === 1 || examples.length < FEWEST_EXAMPLES) return share;
  const lineCount = examples[0].lines.length;
  let best = { line: -1, impurity: impurityOf(positive, examples.length) };
  // Twice the usual number of draws: most lines apply to few connections.
  for (let draw = 0; draw < 2 * Math.sqrt(lineCount); draw++) {
    const line = random.integer(0, lineCount - 1);
    let count = 0;
    let hits = 0;
    for (const { lines, sign } of examples) {
      if (lines[line] === 0) continue;
      count++;
      if (sign === 1) hits++;
    }
    if (count === 0 || count === examples.length) continue;
    const impurity = impurityOf(hits, count) + impurityOf(positive - hits, examples.length - count);
    if (impurity < best.impurity) best = { line, impurity };
  }
  const { line } = best;
  if (line < 0) return share;
  const part = (value: number): readonly Example[] => examples.filter(({ lines }) => lines[line] === value);
  return { line, without: grow(part(0), depth - 1, random), with: grow(part(1), depth - 1, random) };
}

function impurityOf(positive: number, count: number): number {
  return (2 * positive * (count - positive)) / count;
}

/** As many examples as there are, each drawn as often as it weighs. */
function sample(examples: readonly Example[], random: Random): Example[] {
  let sum = 0;
  const sums = Float64Array.from(examples, ({ weight }) => (sum += weight));
  return examples.map(() => {
    const drawn = random.uniform(0, sum);
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > drawn) high = middle;
      else low = middle + 1;
    }
    return examples[low];
  });
}
