import type { ConnectionTable, ScoreName } from '../report.ts';
import { readRhythm } from '../scores/rhythm-columns.ts';
import { rhythmSentence } from '../scores/rhythm-sentence.ts';
import { UNSCORED_REASONS, type UnscoredReason } from '../scores/unscored.ts';

/** Why a connection has no value of a score; null where it has one. */
export function unscoredReason(table: ConnectionTable, score: ScoreName, row: number): UnscoredReason | null {
  return UNSCORED_REASONS[table.unscored[score][row]] || null;
}

/** A listed connection's rhythm in words. */
export function sentenceOf(table: ConnectionTable, row: number): string {
  const reason = unscoredReason(table, 'rhythm', row);
  return rhythmSentence(reason === null ? readRhythm(table.rhythm, row) : { score: null, reason });
}
