import type { Groups } from '../flows/group.ts';
import type { FlowColumns } from '../flows/columns.ts';
import type { Rhythm } from '../scores/rhythm.ts';
import type { Unscored } from '../scores/unscored.ts';
import { Candidates } from './candidates.ts';
import { SessionEnds } from './ends.ts';
import { type Grouped, groupsOf, homesOf, membersOf, NOWHERE, piecesOf, sortInto } from './groups.ts';
import { type Agreement, type InnerColumns, writeInner } from './inner-columns.ts';
import type { InnerScore } from './inner.ts';
import { type JoinedColumns, type LevelRhythm, writeJoined } from './joined.ts';
import { PooledScorer } from './pooled.ts';
import type { Sessions } from './sessions.ts';

/** The best session of a connection. */
export interface BestSession extends Agreement {
  session: number;
  inner: InnerScore;
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

  constructor(sessions: Sessions, flows: FlowColumns) {
    this.ends = new SessionEnds(sessions, flows);
    this.homes = homesOf(this.ends);
    this.pieces = piecesOf(this.ends);
    this.candidates = new Candidates(this.ends);
    this.pooled = new PooledScorer(sessions);
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
    const { candidates } = this;
    const own = membersOf(this.candidatesBy, group);
    if (own.length === 0) return null;
    const best = candidates.best(own);
    const scored = candidates.scoredAmong(own);
    const session = candidates.session[best];
    const inner = candidates.rescore(session, Math.log(Math.max(1, scored)));
    return { session, inner, sessions: scored, agree: candidates.agreeing(own, best) };
  }

  /** Writes what a group's sessions tell into row `row`, and which of its three rhythms counts. */
  write(group: number, members: Uint32Array, rhythm: Rhythm | Unscored, columns: SessionColumns, row: number): void {
    const best = this.best(group);
    if (best !== null)
      writeInner(best.inner, { sessions: this.ends.sessions, session: best.session }, best, columns.inner, row);
    writeJoined(
      {
        flow: rhythm.score === null ? null : rhythm,
        inside: best === null ? null : insideRhythm(best.inner),
        pooled: this.pooled.score(this.sessionsOf(group), members.length),
      },
      columns.joined,
      row,
    );
    this.countPieces(members, columns, row);
  }

  /** Number of the session plus one that a flow is a piece of; 0 for a flow that no timeout cut out of a longer one. */
  pieceOf(flow: number): number {
    return this.pieces[flow];
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

/** What a session gives its connection; null unless it could be scored. */
function insideRhythm({ verdict, score, strength, best }: InnerScore): LevelRhythm | null {
  if (verdict !== 'scored' || best === null) return null;
  const { intervalS, jitter, present, expected } = best.rhythm;
  return { score, strength, intervalS, jitter, present, expected };
}
