import module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { isMainThread, workerData } from 'node:worker_threads';

// By default what has run for a moment is compiled anew, at once and in the background: hundreds of functions that are
// done with soon after. A capture of 20 MB took a quarter of its processor time for that; large ones take as long either way.
// Later versions of Node call the option otherwise, and print that they do not know it.
if (process.versions.node.startsWith('20.')) {
  setFlagsFromString('--interrupt-budget=400000');
  // By default the heap may grow to four times of what is in use before it is cleared: floods took a third more memory, and no
  // less time.
  setFlagsFromString('--heap-growing-percent=60');
}

// Node 22 keeps what it compiled for the next start (in its own folder below the system's for temporary files).
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

// A reader that goes away is found out by the writing itself; without a listener it would end the process first.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
if (isMainThread) {
  const { run } = await import('./run.ts');
  process.exitCode = await run(process.argv.slice(2), { output: process.stdout, errors: process.stderr });
} else {
  const { SCORE_SESSIONS, serveCandidates } = await import('./scoring-thread.ts');
  if (workerData === SCORE_SESSIONS) serveCandidates();
  else (await import('../fleet/hunt/score-part.ts')).serveParts();
}
