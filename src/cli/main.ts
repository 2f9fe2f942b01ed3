import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { serveParts } from '../fleet/hunt/worker.ts';
import { run } from './run.ts';

// By default what has run for a moment is compiled anew, at once and in the background: hundreds of functions that are
// done with soon after. A capture of 20 MB took a quarter of its processor time for that; large ones take as long either way.
setFlagsFromString('--interrupt-budget=400000');

// A reader that goes away is found out by the writing itself; without a listener it would end the process first.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
if (isMainThread)
  process.exitCode = await run(process.argv.slice(2), { output: process.stdout, errors: process.stderr });
else serveParts();
