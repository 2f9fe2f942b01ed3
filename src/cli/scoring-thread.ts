import { availableParallelism } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { type CandidateWork, helpScore, type ScoringHelp } from '../analysis/sessions/candidate-work.ts';
import { programThread } from '../fleet/hunt/program-thread.ts';

/** What a thread does that was started with this: see `serveCandidates`. */
export const SCORE_SESSIONS = 'score sessions';
/** Smaller captures are done before a thread pays for its start. */
const LEAST_BYTES = 64e6;

/** What decides whether a thread is started: the size of what is read, and processors there are. */
export interface ScoringLoad {
  bytes: number;
  processors?: number;
}

/**
 * Does something with the help of a thread that scores sessions, where that pays, and ends the thread. A thread that
 * ends by itself is no fault: what it leaves is scored by whoever asked.
 */
export async function withScoringHelp<T>(
  { bytes, processors = availableParallelism() }: ScoringLoad,
  use: (help: ScoringHelp | null) => Promise<T>,
): Promise<T> {
  if (bytes < LEAST_BYTES || processors < 2) return use(null);
  // Started before there is anything to do: it is there when reading ends.
  const thread = programThread(programEntry(), SCORE_SESSIONS);
  thread.on('error', () => {});
  thread.unref();
  try {
    return await use((work) => thread.postMessage(work));
  } finally {
    await thread.terminate();
  }
}

/** In such a thread: scores what it is sent. */
export function serveCandidates(): void {
  parentPort?.on('message', (work: CandidateWork) => helpScore(work));
}

/** The module that the program begins with: of a bundle the file that its parts lie beside. */
export function programEntry(): URL {
  const here = import.meta.url;
  return new URL(here.endsWith('.ts') ? 'main.ts' : 'beaconscope.js', here);
}
