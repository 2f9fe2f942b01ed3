import { parentPort } from 'node:worker_threads';
import { type PartJob, scorePart } from './score-part.ts';

/** In a worker thread: scores one part after another. What goes wrong ends the worker, and its pool tells. */
export function serveParts(): void {
  parentPort?.on('message', (job: PartJob) => {
    parentPort?.postMessage(scorePart(job));
  });
}
