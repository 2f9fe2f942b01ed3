import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { writeResults } from '../results.ts';
import { fleetResults, type Measured } from './results.ts';

/**
 * `npm run bench:fleet [-- MILLIONS...]`: loads and hunts conn.logs of so many million flows, else of 1, 5 and 20,
 * each in a process of its own, whose memory is that of engine and workers too. Writes results/fleet.json, which README
 * quotes, where nothing is said.
 */
const given = process.argv.slice(2).map(Number);
const millions = given.length > 0 ? given.sort((a, b) => a - b) : [1, 5, 20];

const all: Measured[] = [];
for (const size of millions) {
  const measured = await inChild(size * 1e6);
  console.log(JSON.stringify(measured));
  all.push(measured);
}
const results = fleetResults(all, availableParallelism());
console.log(JSON.stringify(results, null, 2));
if (given.length === 0) await writeResults('fleet', results);

async function inChild(flows: number): Promise<Measured> {
  const file = path.join(import.meta.dirname, 'child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', file, String(flows)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`loading and hunting ended with ${String(code)}`);
  return JSON.parse(said) as Measured;
}
