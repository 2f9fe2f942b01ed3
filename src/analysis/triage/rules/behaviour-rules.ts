import { PROTOCOL_TCP } from 'pcap-ts-parser';
import { sizeText } from '../../sizes.ts';
import { type Facts, isAbroad, isOutward } from '../facts.ts';
import type { Rule } from './rule.ts';
import { isTelling, MOSTLY_DATA, MOSTLY_FAILED, showed } from './rule.ts';
import { isNotItsOwn, isOddPort } from './service-rules.ts';
import { WEAK_RHYTHM } from '../../scores/rhythm-levels.ts';

const UPLOAD_FACTOR = 1.2;
const LARGE_UPLOAD_FACTOR = 5;
const LARGE_UPLOAD_BYTES = 100_000;
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
      isAbroad(facts) &&
      facts.protocol === PROTOCOL_TCP &&
      showed(facts, 'answers') &&
      facts.failedShare >= MOSTLY_FAILED,
    phrase: ({ flows, measures: { repliedFlows } }) => {
      const [never, always] = flows === 1 ? ['not', ''] : ['never', ' every time'];
      const how =
        repliedFlows === 0 ? `${never} answered` : `refused${repliedFlows < flows ? ' or not answered' : always}`;
      return `${how}, ${flows === 1 ? 'tried once' : `still tried ${flows} times`}`;
    },
  },
  {
    id: 'upload',
    points: 1,
    applies: (facts) =>
      talks(facts) &&
      facts.sourceZone !== 'external' &&
      !isLargeUpload(facts) &&
      facts.measures.payloadSent > UPLOAD_FACTOR * facts.measures.payloadReceived,
    phrase: () => 'sends more than it receives',
  },
  {
    id: 'uploads',
    points: 1,
    // Whose name was hidden may be a vendor's.
    applies: (facts) =>
      isTelling(facts) &&
      isAbroad(facts) &&
      showed(facts, 'payload') &&
      (facts.isNamed || showed(facts, 'names')) &&
      !facts.traits.vendor &&
      isLargeUpload(facts),
    phrase: ({ measures: { payloadSent, payloadReceived } }) => {
      const times = Math.round(payloadSent / payloadReceived);
      return `sent ${sizeText(payloadSent)}, ${payloadReceived === 0 ? 'and next to nothing' : `${times} times what`} came back`;
    },
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
    phrase: () => 'nearly the same size every time, both ways',
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
    id: 'sameport',
    points: 1,
    applies: (facts) => isTelling(facts) && facts.samePort > 0 && (isOddPort(facts) || isNotItsOwn(facts)),
    phrase: (facts) => {
      const { samePort, port } = facts;
      const kind = showed(facts, 'names') ? 'nameless ' : '';
      return `its host goes to ${samePort} other ${kind}${samePort === 1 ? 'address' : 'addresses'} on port ${port}`;
    },
  },
  {
    id: 'fast',
    points: -1,
    applies: (facts) => isTelling(facts) && facts.intervalS < 1 && facts.score >= WEAK_RHYTHM,
    phrase: () => 'faster than once a second',
  },
];

/** Whether so much went out, and so little came back, that it is worth an amount. */
function isLargeUpload({ measures: { payloadSent, payloadReceived } }: Facts): boolean {
  return payloadSent > LARGE_UPLOAD_BYTES && payloadSent >= LARGE_UPLOAD_FACTOR * payloadReceived;
}

function talks(facts: Facts): boolean {
  return isTelling(facts) && showed(facts, 'bytes', 'payload') && facts.dataShare > MOSTLY_DATA;
}
