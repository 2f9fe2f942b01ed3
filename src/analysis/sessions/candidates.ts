import type { SessionEnds } from './ends.ts';
import { createInnerScratch, type InnerScore, LEAST_MESSAGES, LEAST_SPAN_S, scoreInner, VERDICTS } from './inner.ts';

const SCORED = VERDICTS.indexOf('scored');
/** From this score on a session has a rhythm that another may share, with an interval that is as near as this. */
const AGREEING_SCORE = 0.5;
const AGREEING_SHARE = 0.1;
const AGREEING_S = 0.5;

/** Every session with enough messages over enough time, scored on its own. */
export class Candidates {
  readonly length: number;
  readonly session: Uint32Array;
  private readonly verdict: Uint8Array;
  private readonly strength: Float64Array;
  private readonly score: Float64Array;
  private readonly intervalS: Float64Array;
  private readonly ends: SessionEnds;
  private readonly scratch = createInnerScratch();

  constructor(ends: SessionEnds) {
    this.ends = ends;
    const { sessions } = ends;
    const found: number[] = [];
    for (let session = 0; session < sessions.length; session++) {
      if (sessions.messagesSeen(session) < LEAST_MESSAGES || sessions.durationMs(session) < LEAST_SPAN_S * 1000)
        continue;
      if (ends.isConnection(session)) found.push(session);
    }
    this.length = found.length;
    this.session = Uint32Array.from(found);
    this.verdict = new Uint8Array(this.length);
    this.strength = new Float64Array(this.length);
    this.score = new Float64Array(this.length);
    this.intervalS = new Float64Array(this.length);
    for (let index = 0; index < this.length; index++) {
      const inner = this.rescore(found[index], 0);
      this.verdict[index] = VERDICTS.indexOf(inner.verdict);
      this.strength[index] = inner.strength;
      this.score[index] = inner.score;
      this.intervalS[index] = inner.best === null ? Number.NaN : inner.best.rhythm.intervalS;
    }
  }

  isScored(candidate: number): boolean {
    return this.verdict[candidate] === SCORED;
  }

  /** The best of some candidates: the scored one of the largest strength, or the first where none is scored. */
  best(candidates: Uint32Array): number {
    return candidates.reduce((best, candidate) => {
      if (!this.isScored(candidate)) return best;
      return !this.isScored(best) || this.strength[candidate] > this.strength[best] ? candidate : best;
    });
  }

  /** How many of some candidates are scored. */
  scoredAmong(candidates: Uint32Array): number {
    let scored = 0;
    for (const candidate of candidates) scored += this.isScored(candidate) ? 1 : 0;
    return scored;
  }

  /** How many of some candidates have the rhythm of the best. */
  agreeing(candidates: Uint32Array, best: number): number {
    const near = Math.max(AGREEING_SHARE * this.intervalS[best], AGREEING_S);
    let agree = 0;
    for (const candidate of candidates) {
      if (this.score[candidate] < AGREEING_SCORE) continue;
      if (Math.abs(this.intervalS[candidate] - this.intervalS[best]) <= near) agree++;
    }
    return agree;
  }

  /** All of a session's score; `price` is what it pays for being the best of several. */
  rescore(session: number, price: number): InnerScore {
    return scoreInner(this.ends.sessions, session, this.ends.client(session), this.scratch, price);
  }
}
