import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { programThread } from './program-thread.ts';
import { type PartJob, SCORE_PARTS, type ScoredPart, scorePart } from './score-part.ts';

/** Scores parts; `close` ends what that takes. */
export interface Scorers {
  /** How many parts can be at work at a time. */
  readonly count: number;
  score(job: PartJob): Promise<ScoredPart>;
  close(): Promise<void>;
}

/** Scores in this thread: for tests, and where there is a single part. */
export const HERE: Scorers = {
  count: 1,
  score: (job) => Promise.resolve(scorePart(job)),
  close: () => Promise.resolve(),
};

/** Worker threads, one a core, each with one part at a time. */
export class WorkerPool implements Scorers {
  readonly count: number;
  private readonly idle: Worker[] = [];
  private readonly all: Worker[] = [];

  private readonly entry: URL;

  /** @param entry a module that calls `serveParts` in a worker thread: the program's own entry */
  constructor(entry: URL, count = availableParallelism()) {
    this.entry = entry;
    this.count = count;
  }

  async score(job: PartJob): Promise<ScoredPart> {
    const worker = this.idle.pop() ?? this.started();
    const part = await new Promise<ScoredPart>((resolve, reject) => {
      const settle = (end: () => void): void => {
        worker.removeAllListeners('message');
        worker.removeAllListeners('error');
        worker.removeAllListeners('exit');
        end();
      };
      worker.once('message', (answer: ScoredPart) => settle(() => resolve(answer)));
      worker.once('error', (error) => settle(() => reject(error)));
      worker.once('exit', (code) => settle(() => reject(new Error(`a worker ended by itself (${code})`))));
      worker.postMessage(job, [job.flows.buffer as ArrayBuffer, job.prevalence.buffer as ArrayBuffer]);
    });
    this.idle.push(worker);
    return part;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.terminate()));
  }

  private started(): Worker {
    const worker = programThread(this.entry, SCORE_PARTS);
    this.all.push(worker);
    return worker;
  }
}
