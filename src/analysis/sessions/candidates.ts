import { columnOf } from '../memory/columns.ts';
import { ALONE, type CandidateWork, scoreRest, sharedWork, type ScoringHelp } from './candidate-work.ts';
import type { SessionEnds } from './ends.ts';
import { createInnerColumns, type InnerColumns, writeInner } from './inner-columns.ts';
import { createInnerScratch, type InnerScore, LEAST_MESSAGES, LEAST_SPAN_S, scoreInner, VERDICTS } from './inner.ts';
import { sessionRows } from './session-rows.ts';

const SCORED = VERDICTS.indexOf('scored');
/** From this score on a session has a rhythm that another may share, with an interval that is as near as this. */
const AGREEING_SCORE = 0.5;
const AGREEING_SHARE = 0.1;
const AGREEING_S = 0.5;
/** Every session with enough messages over enough time, scored on its own once somebody asks. */
export class Candidates {
  readonly length: number;
  readonly session: Uint32Array;
  private readonly ends: SessionEnds;
  private readonly scratch = createInnerScratch();
  private readonly scored: InnerColumns;
  private isDone = false;
  /** What other threads help with; null without any. */
  private readonly work: CandidateWork | null;

  /** @param help scores them, too, from now on; null where this thread is alone */
  constructor(ends: SessionEnds, help: ScoringHelp | null = null) {
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
    this.work = help === null ? null : this.begun(help);
    this.scored = this.work?.columns ?? createInnerColumns(this.length);
  }

  /** What each is, had its connection no other session. */
  get columns(): InnerColumns {
    if (!this.isDone) this.finish();
    return this.scored;
  }

  isScored(candidate: number): boolean {
    return this.columns.verdict[candidate] === SCORED;
  }

  /** The best of some candidates: the scored one of the largest strength, or the first where none is scored. */
  best(candidates: Uint32Array): number {
    return candidates.reduce((best, candidate) => {
      if (!this.isScored(candidate)) return best;
      return !this.isScored(best) || this.columns.strength[candidate] > this.columns.strength[best] ? candidate : best;
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
    const { score, intervalS } = this.columns;
    const near = Math.max(AGREEING_SHARE * intervalS[best], AGREEING_S);
    let agree = 0;
    for (const candidate of candidates) {
      if (score[candidate] >= AGREEING_SCORE && Math.abs(intervalS[candidate] - intervalS[best]) <= near) agree++;
    }
    return agree;
  }

  /** All of a session's score; `price` is what it pays for being the best of several. */
  rescore(session: number, price: number): InnerScore {
    return scoreInner(this.ends.sessions, session, this.ends.client(session), this.scratch, price);
  }

  private begun(help: ScoringHelp): CandidateWork {
    const clients = columnOf(Uint8Array, this.session, (session) => this.ends.client(session));
    const work = sharedWork(sessionRows(this.ends.sessions, this.session), clients);
    help(work);
    return work;
  }

  private finish(): void {
    const { sessions } = this.ends;
    const score = (candidate: number): void => {
      const session = this.session[candidate];
      writeInner(this.rescore(session, 0), { sessions, session }, ALONE, this.scored, candidate);
    };
    if (this.work !== null) scoreRest(this.work, score);
    else for (let candidate = 0; candidate < this.length; candidate++) score(candidate);
    for (let candidate = 0; candidate < this.length; candidate++)
      this.scored.session[candidate] = this.session[candidate] + 1;
    this.isDone = true;
  }
}
