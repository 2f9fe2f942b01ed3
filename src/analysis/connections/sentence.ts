import type { ScoredTable } from './scored-table.ts';
import { readRhythm } from '../scores/rhythm-columns.ts';
import { rhythmSentence } from '../scores/rhythm-sentence.ts';
import { type ScoreName, UNSCORED_REASONS, type UnscoredReason } from '../scores/unscored.ts';
import { innerFactsOfRow } from '../sessions/inner-columns.ts';
import { innerSentence } from '../sessions/inner-sentence.ts';
import { LEVELS } from '../sessions/joined.ts';

/** Why a connection has no value of a score; null where it has one. */
export function unscoredReason(table: ScoredTable, score: ScoreName, row: number): UnscoredReason | null {
  return UNSCORED_REASONS[table.unscored[score][row]] || null;
}

/**
 * The rhythm that a listed connection is ranked by in words: of its flows' starts, inside its best session, or of both
 * together.
 */
export function joinedSentenceOf(table: ScoredTable, row: number): string {
  const { joined } = table;
  const level = LEVELS[joined.level[row]];
  const inner = innerFactsOfRow(table.inner, row);
  if (level === 'inside' && inner !== null) return innerSentence(inner);
  if (level !== 'pooled') return sentenceOf(table, row);
  const { score, intervalS, jitter, present, expected } = joined;
  const pooled = {
    score: score[row],
    intervalS: intervalS[row],
    jitter: jitter[row],
    present: present[row],
    expected: expected[row],
    silences: 0,
    extra: 0,
  };
  return `session starts and messages together: ${rhythmSentence(pooled, 'start or message')}`;
}

/** A listed connection's rhythm of flow starts in words. */
export function sentenceOf(table: ScoredTable, row: number): string {
  const reason = unscoredReason(table, 'rhythm', row);
  return rhythmSentence(reason === null ? readRhythm(table.rhythm, row) : { score: null, reason });
}
