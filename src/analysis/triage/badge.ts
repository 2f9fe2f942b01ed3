import { WEAK_RHYTHM } from '../scores/rhythm-levels.ts';

/** What a row is worth at a glance; the index is what columns store. It is no section: rows are in order of points. */
export const BADGES = ['rest', 'first', 'next', 'explained'] as const;
export type Badge = (typeof BADGES)[number];

/** Badges as people read them, the first to be read first. */
export const BADGE_WORDS = {
  first: 'read first',
  next: 'read next',
  explained: 'explained',
  rest: 'rest',
} as const satisfies Record<Badge, string>;

/** Points from which on a row is to be read first, and next: with a rhythm or without one. */
export const FIRST_POINTS = 6;
export const NEXT_POINTS = 4;

/** The badge of a connection by its points and rhythm's score (NaN: not scored), which with fewer points is explained. */
export function badgeOf(score: number, total: number): Badge {
  if (total >= FIRST_POINTS) return 'first';
  if (total >= NEXT_POINTS) return 'next';
  return score >= WEAK_RHYTHM ? 'explained' : 'rest';
}
