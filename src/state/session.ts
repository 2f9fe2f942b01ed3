import type { Report } from '../analysis/report/report.ts';
import type { Failure, Outcome, Progress, RowsSoFar, Scoring } from '../worker/protocol.ts';

/**
 * What the page is doing: nothing, reading captures, showing a report, or saying why there is none and how far reading had
 * come by then. `soFar` has the first rows while reading goes on, `scoring` is how far scoring again has come, `failure` why it
 * came to nothing: the report of before stays.
 */
export type Session =
  | { phase: 'idle' }
  | { phase: 'reading'; fileNames: readonly string[]; progress: Progress | null; soFar: RowsSoFar | null }
  | { phase: 'ready'; report: Report; rescoring: boolean; scoring: Scoring | null; failure: Failure | null }
  | { phase: 'failed'; failure: Failure; progress: HowFar | null };

/** How far reading had come when it ended. */
export type HowFar = Pick<Progress, 'bytesRead' | 'bytesTotal' | 'packets'>;

export type SessionEvent =
  | { type: 'opened'; fileNames: readonly string[] }
  | { type: 'progressed'; progress: Progress }
  | { type: 'listed'; rows: RowsSoFar }
  | { type: 'reported'; outcome: Outcome<Report> }
  | { type: 'rescoring' }
  | { type: 'scored'; scoring: Scoring }
  | { type: 'refused'; failure: Failure }
  | { type: 'closed' };

export const IDLE: Session = { phase: 'idle' };

/** The session after an event. Events that no longer fit (progress after a cancel) change nothing. */
export function sessionAfter(session: Session, event: SessionEvent): Session {
  switch (event.type) {
    case 'opened':
      return { phase: 'reading', fileNames: event.fileNames, progress: null, soFar: null };
    case 'progressed':
      return session.phase === 'reading' ? { ...session, progress: event.progress } : session;
    case 'listed':
      return session.phase === 'reading' ? { ...session, soFar: event.rows } : session;
    case 'reported':
      return afterOutcome(session, event.outcome);
    case 'rescoring':
      return session.phase === 'ready' ? { ...session, rescoring: true, scoring: null, failure: null } : session;
    case 'scored':
      return session.phase === 'ready' && session.rescoring ? { ...session, scoring: event.scoring } : session;
    case 'refused':
      return { phase: 'failed', failure: event.failure, progress: null };
    case 'closed':
      return IDLE;
  }
}

function afterOutcome(session: Session, outcome: Outcome<Report>): Session {
  if (session.phase !== 'reading' && session.phase !== 'ready') return session;
  if (outcome.ok) return { phase: 'ready', report: outcome.value, rescoring: false, scoring: null, failure: null };
  const failure = outcome.failure.kind === 'cancelled' ? null : outcome.failure;
  if (session.phase === 'ready') return { ...session, rescoring: false, scoring: null, failure };
  return failure === null ? IDLE : { phase: 'failed', failure, progress: session.progress };
}
