import { type Facts, isOutward, isSo } from '../facts.ts';
import type { Rule } from './rule.ts';
import { isTelling } from './rule.ts';

/** What its host did just before. */
export const CONTEXT_RULES: readonly Rule[] = [
  {
    id: 'afterprogram',
    points: 1,
    applies: (facts) => isSo(facts, 'afterProgram') && isNewSomewhere(facts),
    phrase: () => 'first seen within minutes of a program that came in the clear',
  },
  {
    id: 'afteraddress',
    points: 2,
    applies: (facts) => isSo(facts, 'afterOwnAddress') && isNewSomewhere(facts),
    phrase: () => 'first seen within minutes of asking for its own address',
  },
  {
    id: 'ownaddress',
    points: 0,
    applies: ({ traits }) => traits.tellsOwnAddress,
    phrase: () => 'asks which address it comes from',
  },
];

/** Vendors and checks of the line are called all the time, whatever happened. */
function isNewSomewhere(facts: Facts): boolean {
  const { vendor, connectivityCheck, tellsOwnAddress } = facts.traits;
  return isTelling(facts) && isOutward(facts) && !vendor && !connectivityCheck && !tellsOwnAddress;
}
