import { type Facts, isOutward } from '../facts.ts';
import type { Rule } from './rule.ts';
import { isTelling, MOSTLY_DATA, showed } from './rule.ts';
import { WEAK_RHYTHM } from '../../scores/rhythm-levels.ts';

const TCP = 6;
const MOSTLY_FAILED = 0.9;
const UPLOAD_FACTOR = 1.2;
const FEWEST_ALIKE = 3;
const CONSTANT_SPREAD = 0.02;
const LEAST_SIBLINGS = 2;

/** How a connection behaves beside its rhythm. */
export const BEHAVIOUR_RULES: readonly Rule[] = [
  {
    id: 'dead',
    points: 1,
    applies: (facts) =>
      isTelling(facts) &&
      isOutward(facts) &&
      facts.protocol === TCP &&
      showed(facts, 'answers') &&
      facts.failedShare >= MOSTLY_FAILED,
    phrase: ({ flows }) => `never answered, still tried ${flows === 1 ? 'once' : `${flows} times`}`,
  },
  {
    id: 'upload',
    points: 1,
    applies: (facts) => talks(facts) && facts.measures.payloadSent > UPLOAD_FACTOR * facts.measures.payloadReceived,
    phrase: () => 'sends more than it receives',
  },
  {
    id: 'constant',
    points: 0,
    // Of one or two flows "every time" says nothing: a session that is open all the while is one.
    applies: (facts) =>
      talks(facts) &&
      facts.flows >= FEWEST_ALIKE &&
      facts.spreadSent <= CONSTANT_SPREAD &&
      facts.spreadReceived <= CONSTANT_SPREAD,
    phrase: () => 'same size every time, both ways',
  },
  {
    id: 'siblings',
    points: 1,
    applies: (facts) => isTelling(facts) && facts.siblings >= LEAST_SIBLINGS,
    phrase: ({ siblings }) => `same rhythm to ${siblings} other nameless addresses`,
  },
  {
    id: 'servers',
    points: 1,
    applies: (facts) => isTelling(facts) && isOutward(facts) && facts.servers >= LEAST_SIBLINGS,
    phrase: ({ servers }) => `the same software goes to ${servers} other nameless addresses`,
  },
  {
    id: 'fast',
    points: -1,
    applies: (facts) => isTelling(facts) && facts.intervalS < 1 && facts.score >= WEAK_RHYTHM,
    phrase: () => 'faster than once a second',
  },
];

function talks(facts: Facts): boolean {
  return isTelling(facts) && showed(facts, 'bytes', 'payload') && facts.dataShare > MOSTLY_DATA;
}
