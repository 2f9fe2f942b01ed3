import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import {
  type CandidateWork,
  helpScore,
  scoreRest,
  type ScoringHelp,
  sharedWork,
} from '../../../../src/analysis/sessions/candidate-work.ts';
import { sessionRows } from '../../../../src/analysis/sessions/session-rows.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { sampleCapture } from '../../../builders/sample.ts';
import { checkIns } from '../../../builders/sessions/check-ins.ts';

const SESSIONS = 200;

function newWork(): CandidateWork {
  return sharedWork(sessionRows(checkIns(SESSIONS)), new Uint8Array(SESSIONS));
}

/** Scores a part of some work as another thread would. */
function scored(): CandidateWork {
  const work = newWork();
  helpScore(work);
  return work;
}

describe('candidates that several threads score', () => {
  it('leave nothing to do where others were quicker', () => {
    const work = scored();
    expect(work.columns.score.some((score) => score > 0.5)).toBe(true);
    scoreRest(work, (candidate) => expect.unreachable(`${candidate} is scored`));
  });

  it('are all scored where nobody helps', () => {
    const asked = new Set<number>();
    scoreRest(newWork(), (candidate) => asked.add(candidate));
    expect(asked.size).toBe(SESSIONS);
  });

  it('are scored again where somebody began and never ended', () => {
    const work = newWork();
    work.blocks[1] = 1;
    helpScore(work);
    const asked: number[] = [];
    scoreRest(work, (candidate) => asked.push(candidate));
    expect([asked[0], asked.length]).toEqual([64, 64]);
  });

  it.each<[string, ScoringHelp]>([
    ['somebody helps with all', helpScore],
    ['somebody helps with nothing', () => {}],
    ['somebody ends in the midst', ({ blocks }) => blocks.fill(1)],
  ])('give the same report where %s', async (_, help) => {
    const [own, helped] = await Promise.all(
      [null, help].map(async (given) => {
        const analysis = await analyze([bufferSource(sampleCapture())], DEFAULT_SETTINGS, undefined, undefined, given);
        return analysis.report(DEFAULT_SETTINGS);
      }),
    );
    expect(own.connections.inner.session.some((session) => session > 0)).toBe(true);
    expect(helped).toEqual(own);
  });
});
