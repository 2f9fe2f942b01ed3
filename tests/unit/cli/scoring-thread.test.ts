import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CandidateWork, helpScore, sharedWork } from '../../../src/analysis/sessions/candidate-work.ts';
import { sessionRows } from '../../../src/analysis/sessions/session-rows.ts';
import { withScoringHelp } from '../../../src/cli/scoring-thread.ts';
import { checkIns } from '../../builders/sessions/check-ins.ts';

const SESSIONS = 100;
const LARGE = { bytes: 1e9, processors: 2 };

function newWork(): CandidateWork {
  return sharedWork(sessionRows(checkIns(SESSIONS)), new Uint8Array(SESSIONS));
}

async function settled(work: CandidateWork): Promise<void> {
  while (work.blocks.some((block) => block < 2)) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a thread that helps to score sessions', () => {
  afterEach(() => vi.restoreAllMocks());

  it('writes what this thread would, and is ended', async () => {
    const terminate = vi.spyOn(Worker.prototype, 'terminate');
    const [own, helped] = [newWork(), newWork()];
    helpScore(own);
    await withScoringHelp(LARGE, async (help) => {
      help?.(helped);
      await settled(helped);
    });
    expect(helped.columns).toEqual(own.columns);
    expect(terminate).toHaveBeenCalledOnce();
    await expect(terminate.mock.results[0].value).resolves.toBe(1);
  }, 120_000);

  it('is ended where what it helps with fails', async () => {
    const terminate = vi.spyOn(Worker.prototype, 'terminate');
    await expect(withScoringHelp(LARGE, () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
    expect(terminate).toHaveBeenCalledOnce();
  });

  it.each([
    ['a small capture', { bytes: 1e6, processors: 2 }],
    ['one processor', { bytes: 1e9, processors: 1 }],
  ])('is not started for %s', async (_, load) => {
    expect(await withScoringHelp(load, (help) => Promise.resolve(help))).toBeNull();
  });
});
