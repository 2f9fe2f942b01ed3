import { WEAK_RHYTHM } from '../scores/rhythm-levels.ts';

/** What a row is worth at a glance; the index is what columns store. It is no section: rows are in order of points. */
export const BADGES = ['rest', 'first', 'next', 'explained'] as const;
export type Badge = (typeof BADGES)[number];

const FIRST_POINTS = 5;
const NEXT_POINTS = 3;

/** The badge of a connection by rhythm's score (NaN: not scored) and points. A hit of the watch list needs no rhythm. */
export function badgeOf(score: number, total: number, watched: boolean): Badge {
  if (!watched && !(score >= WEAK_RHYTHM)) return 'rest';
  if (total >= FIRST_POINTS) return 'first';
  if (total >= NEXT_POINTS) return 'next';
  return score >= WEAK_RHYTHM ? 'explained' : 'rest';
}
