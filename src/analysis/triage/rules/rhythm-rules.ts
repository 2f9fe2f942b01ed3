import type { Rule } from './rule.ts';
import { intervalWords } from '../../durations.ts';
import { STEADY_RHYTHM, WEAK_RHYTHM } from '../../scores/rhythm-levels.ts';
import type { Facts } from '../facts.ts';

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
    id: 'byname',
    points: 3,
    applies: isByName,
    phrase: ({ byName }) =>
      `steady rhythm by its name: every ${intervalWords(byName.intervalS)} at one of ${byName.addresses} addresses`,
  },
  {
    id: 'weak',
    points: 1,
    applies: (facts) => facts.score >= WEAK_RHYTHM && facts.score < STEADY_RHYTHM && !isByName(facts),
    phrase: () => 'weak rhythm',
  },
];

/** Whether its name is called on a steady rhythm, though this address alone is not. */
export function isByName({ score, byName }: Pick<Facts, 'score' | 'byName'>): boolean {
  return byName.score >= STEADY_RHYTHM && !(score >= STEADY_RHYTHM);
}
