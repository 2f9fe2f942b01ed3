import { isMainThread } from 'node:worker_threads';
import { serveParts } from '../fleet/hunt/worker.ts';
import { run } from './run.ts';

// A reader that goes away is found out by the writing itself; without a listener it would end the process first.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
if (isMainThread)
  process.exitCode = await run(process.argv.slice(2), { output: process.stdout, errors: process.stderr });
else serveParts();
