/**
 * `npm run fuzz -- [INPUTS] [SEED] [READER ...]`: tries so many inputs of each reader, or of those named, prints what it
 * found, and ends with 1 where that is anything. A finding becomes a generator in the tests of its reader.
 */
import { fuzz } from './fuzz.ts';
import { TARGETS } from './targets.ts';

const inputs = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
const wanted = process.argv.slice(4);
for (const [name, target] of Object.entries(TARGETS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { tried, places, findings } = await fuzz(target, inputs, seed);
  process.stdout.write(`${name}: ${tried} inputs, ${places} places, ${findings.length} findings (seed ${seed})\n`);
  for (const { what, input } of findings.slice(0, 5)) {
    process.stdout.write(`  ${what}\n  ${Buffer.from(input).toString('base64')}\n`);
  }
  if (findings.length > 0) process.exitCode = 1;
}
