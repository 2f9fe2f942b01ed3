/** The scores of a connection, each of which may have no value. */
export const SCORES = ['rhythm', 'rita', 'notebook', 'corrected'] as const;
export type ScoreName = (typeof SCORES)[number];

/**
 * Why a score does not apply to a connection, in a few words without a full stop. Columns store the index; 0 stands for
 * a connection that is scored.
 */
export const UNSCORED_REASONS = [
  '',
  'fewer than two flows',
  'fewer than two distinct times',
  'too few flows for the notebook',
  'the notebook groups by source, destination and port',
  'fewer than 4 distinct times',
  'fewer than 4 distinct times in the last 24 hours',
  '86,400 connections or more: a strobe, not a beacon',
  'fewer than 5 separate visits',
] as const;
export type UnscoredReason = Exclude<(typeof UNSCORED_REASONS)[number], ''>;

/** What a score gives for a connection it does not apply to: no value, and why. */
export interface Unscored {
  score: null;
  reason: UnscoredReason;
}

/** Index into `UNSCORED_REASONS`: 0 for a score. */
export function reasonCode(scored: { score: number } | Unscored): number {
  return scored.score === null ? UNSCORED_REASONS.indexOf(scored.reason) : 0;
}
