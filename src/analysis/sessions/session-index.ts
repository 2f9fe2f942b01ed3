import type { Groups } from '../flows/group.ts';
import type { FlowColumns } from '../flows/columns.ts';
import type { Rhythm } from '../scores/rhythm.ts';
import type { Unscored } from '../scores/unscored.ts';
import type { ScoringHelp } from './candidate-work.ts';
import { Candidates } from './candidates.ts';
import { SessionEnds } from './ends.ts';
import { type Grouped, groupsOf, homesOf, membersOf, NOWHERE, piecesOf, sortInto } from './groups.ts';
import { type Agreement, copyInner, type InnerColumns, writeInner } from './inner-columns.ts';
import { type InnerScore, VERDICTS } from './inner.ts';
import { type JoinedColumns, type LevelRhythm, writeJoined } from './joined.ts';
import { PooledScorer } from './pooled.ts';
import type { Sessions } from './sessions.ts';

/** The best session of a connection. */
export interface BestSession extends Agreement {
  session: number;
  inner: InnerScore;
}

/** The session chosen for a connection, and its place among the candidates. */
interface ChosenSession {
  candidate: number;
  session: number;
  agreement: Agreement;
}

/** The columns of a table that tell of sessions. */
export interface SessionColumns {
  inner: InnerColumns;
  joined: JoinedColumns;
  pieces: Uint32Array;
  piecedSessions: Uint32Array;
}

/** The sessions of connections: what goes on inside them, under one grouping of the flows at a time. */
export class SessionIndex {
  readonly ends: SessionEnds;
  readonly candidates: Candidates;
  private readonly homes: Uint32Array;
  private readonly pieces: Uint32Array;
  private readonly pooled: PooledScorer;
  private sessionsBy: Grouped = { order: new Uint32Array(0), offsets: new Uint32Array(1) };
  private candidatesBy: Grouped = this.sessionsBy;
  private groupOf: Uint32Array = new Uint32Array(0);

  /** @param help scores sessions in other threads, too; null where there are none */
  constructor(sessions: Sessions, flows: FlowColumns, help: ScoringHelp | null = null) {
    this.ends = new SessionEnds(sessions, flows);
    this.homes = homesOf(this.ends);
    this.pieces = piecesOf(this.ends);
    this.candidates = new Candidates(this.ends, help);
    this.pooled = new PooledScorer(this.ends);
  }

  /** Turns to another grouping of the same flows. */
  regroup(groups: Groups): void {
    this.groupOf = groupsOf(this.homes, groups);
    this.sessionsBy = sortInto(groups.length, this.groupOf);
    this.candidatesBy = sortInto(
      groups.length,
      this.candidates.session.map((session) => this.groupOf[session]),
    );
  }

  /** The group a session is in, -1 for none. */
  groupOfSession(session: number): number {
    return this.homes[session] === NOWHERE ? -1 : this.groupOf[session];
  }

  sessionsOf(group: number): Uint32Array {
    return membersOf(this.sessionsBy, group);
  }

  /** Whether any session of a group has a score of its own. */
  isScored(group: number): boolean {
    return membersOf(this.candidatesBy, group).some((candidate) => this.candidates.isScored(candidate));
  }

  /** The best session of a group; null where none has enough messages over enough time. */
  best(group: number): BestSession | null {
    const best = this.choose(group);
    return best === null ? null : { session: best.session, inner: this.rescore(best), ...best.agreement };
  }

  /** Writes what a group's sessions tell into row `row`, and which of its three rhythms counts. */
  write(group: number, members: Uint32Array, rhythm: Rhythm | Unscored, columns: SessionColumns, row: number): void {
    const best = this.choose(group);
    if (best !== null) this.writeBest(best, columns.inner, row);
    writeJoined(
      {
        flow: rhythm.score === null ? null : rhythm,
        inside: best === null ? null : insideRhythm(columns.inner, row),
        pooled: this.pooled.score(this.sessionsOf(group), members.length),
      },
      columns.joined,
      row,
    );
    this.countPieces(members, columns, row);
  }

  /**
   * The rhythm of all session starts and openers of a group with its times; null where it has none: see `PooledScorer`.
   */
  pooledOf(group: number, flows: number): { timesMs: Float64Array; rhythm: Rhythm } | null {
    return this.pooled.series(this.sessionsOf(group), flows);
  }

  /** Number of the session plus one that a flow is a piece of; 0 for a flow that no timeout cut out of a longer one. */
  pieceOf(flow: number): number {
    return this.pieces[flow];
  }

  private choose(group: number): ChosenSession | null {
    const { candidates } = this;
    const own = membersOf(this.candidatesBy, group);
    if (own.length === 0) return null;
    const candidate = candidates.best(own);
    const agreement = { sessions: candidates.scoredAmong(own), agree: candidates.agreeing(own, candidate) };
    return { candidate, session: candidates.session[candidate], agreement };
  }

  /** The best of several sessions pays for having been chosen. */
  private rescore({ session, agreement }: ChosenSession): InnerScore {
    return this.candidates.rescore(session, Math.log(Math.max(1, agreement.sessions)));
  }

  private writeBest(best: ChosenSession, columns: InnerColumns, row: number): void {
    const { candidate, session, agreement } = best;
    if (agreement.sessions <= 1) copyInner(this.candidates.columns, candidate, agreement, columns, row);
    else writeInner(this.rescore(best), { sessions: this.ends.sessions, session }, agreement, columns, row);
    columns.session[row] = session + 1;
  }

  /** Counts the sessions that flows of a row are pieces of, and all pieces of those sessions. */
  private countPieces(members: Uint32Array, columns: SessionColumns, row: number): void {
    const seen = new Set<number>();
    for (const flow of members) {
      const piece = this.pieces[flow];
      if (piece === 0 || seen.has(piece)) continue;
      seen.add(piece);
      columns.pieces[row] += this.ends.pieces(piece - 1).length;
    }
    columns.piecedSessions[row] = seen.size;
  }
}

/** What a row's session gives its connection; null unless it could be scored. */
function insideRhythm(columns: InnerColumns, row: number): LevelRhythm | null {
  if (VERDICTS[columns.verdict[row]] !== 'scored') return null;
  return {
    score: columns.score[row],
    strength: columns.strength[row],
    intervalS: columns.intervalS[row],
    jitter: columns.jitter[row],
    present: columns.present[row],
    expected: columns.expected[row],
  };
}
