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
    id: 'reports',
    points: 2,
    applies: isReport,
    phrase: (facts) =>
      `${facts.category === 'mail' ? 'mail' : 'files by FTP'} of a program that had asked for its own address just before`,
  },
  {
    id: 'ownaddress',
    points: 0,
    applies: ({ traits }) => traits.tellsOwnAddress,
    phrase: () => 'asks which address it comes from',
  },
];

/**
 * Whether mail or files go out of who asked just before which address that is: people who write mail do not ask, and
 * programs that send off what they took do.
 */
export function isReport(facts: Facts): boolean {
  const isSending = facts.category === 'mail' || (facts.applicationSeen && facts.application === 'FTP');
  return isSending && isSo(facts, 'afterOwnAddress') && isNewSomewhere(facts);
}

/** Vendors and checks of the line are called all the time, whatever happened. */
function isNewSomewhere(facts: Facts): boolean {
  const { vendor, connectivityCheck, tellsOwnAddress } = facts.traits;
  return isTelling(facts) && isOutward(facts) && !vendor && !connectivityCheck && !tellsOwnAddress;
}
