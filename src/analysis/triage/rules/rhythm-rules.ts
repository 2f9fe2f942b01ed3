import type { Rule } from './rule.ts';
import { STEADY_RHYTHM, WEAK_RHYTHM } from '../../scores/rhythm-levels.ts';

/**
 * One step of points for rhythm, and no third: more regular is not more suspicious, honest clocks are the steadiest.
 */
export const RHYTHM_RULES: readonly Rule[] = [
  {
    id: 'rhythm',
    points: 3,
    applies: ({ score }) => score >= STEADY_RHYTHM,
    phrase: () => 'steady rhythm',
  },
  {
    id: 'weak',
    points: 1,
    applies: ({ score }) => score >= WEAK_RHYTHM && score < STEADY_RHYTHM,
    phrase: () => 'weak rhythm',
  },
];
