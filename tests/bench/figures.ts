import { readFileSync, writeFileSync } from 'node:fs';
import { markdownFiles, readResults, withFigures } from './results.ts';

/** `npm run figures`: brings the figures that are marked in the project's texts up to what was measured. */

const results = readResults();
for (const file of markdownFiles()) {
  const text = readFileSync(file, 'utf8');
  const renewed = withFigures(text, results);
  if (renewed !== text) {
    writeFileSync(file, renewed);
    console.log(`${file}: figures brought up to date`);
  }
}
