import { type Facts, isOutward } from '../facts.ts';
import { speechOf } from '../services.ts';
import type { Rule } from './rule.ts';
import { isTelling, showed, SOME_DATA } from './rule.ts';
import { isNotItsOwn, isOddPort } from './service-rules.ts';

/** What the name, or its absence, says. */
export const NAME_RULES: readonly Rule[] = [
  {
    id: 'bareip',
    points: 2,
    applies: (facts) =>
      isTelling(facts) && isOutward(facts) && speechOf(facts.application) === 'http' && facts.literalShare >= 0.5,
    phrase: () => 'web request to a bare IP address',
  },
  {
    id: 'nosni',
    points: 2,
    applies: lacksServerName,
    phrase: ({ applicationSeen }) =>
      applicationSeen ? 'TLS without a server name' : 'no TLS handshake seen, no server name',
  },
  {
    id: 'noname',
    points: 0,
    applies: (facts) =>
      isTelling(facts) && isOutward(facts) && showed(facts, 'names') && !facts.isNamed && !lacksServerName(facts),
    phrase: () => 'no name seen',
  },
  {
    id: 'random',
    points: 1,
    applies: (facts) => isTelling(facts) && facts.traits.randomLabel !== '',
    phrase: ({ traits }) => `${traits.randomLabel} looks random`,
  },
  {
    id: 'vendor',
    points: -4,
    applies: (facts) => facts.traits.vendor && excuses(facts),
    phrase: ({ name }) => `${name}: known vendor`,
  },
  {
    id: 'conncheck',
    points: -2,
    applies: (facts) => facts.traits.connectivityCheck && excuses(facts),
    phrase: ({ name }) => `${name}: by its name a connectivity check`,
  },
];

function lacksServerName(facts: Facts): boolean {
  return (
    isTelling(facts) &&
    isOutward(facts) &&
    speechOf(facts.application) === 'tls' &&
    showed(facts, 'names', 'payload') &&
    facts.namedShare < 0.5 &&
    facts.dataShare > SOME_DATA
  );
}

/** Whoever makes a connection chooses the name in it: on an odd port, or under a foreign protocol, it excuses nothing. */
function excuses(facts: Facts): boolean {
  return isTelling(facts) && !isOddPort(facts) && !isNotItsOwn(facts);
}
