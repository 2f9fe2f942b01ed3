import { type Facts, isOutward, isSo } from '../facts.ts';
import { protocolClassOf } from '../traffic-category.ts';
import type { Rule } from './rule.ts';
import { isTelling, showed, SOME_DATA } from './rule.ts';
import { isNotItsOwn, isOddPort } from './service-rules.ts';

/** What the name, or its absence, says. */
export const NAME_RULES: readonly Rule[] = [
  {
    id: 'bareip',
    points: 3,
    applies: (facts) =>
      isTelling(facts) &&
      isOutward(facts) &&
      protocolClassOf(facts.application) === 'http' &&
      facts.literalShare >= 0.5,
    phrase: () => 'web request to a bare IP address',
  },
  {
    id: 'nosni',
    points: 2,
    applies: lacksServerName,
    phrase: () => 'TLS without a server name',
  },
  {
    id: 'unlooked',
    points: 1,
    applies: isUnlooked,
    phrase: () => 'its address was not looked up, though the host looks names up',
  },
  {
    id: 'noname',
    points: 0,
    applies: (facts) =>
      isTelling(facts) &&
      isOutward(facts) &&
      showed(facts, 'names') &&
      !facts.isNamed &&
      !lacksServerName(facts) &&
      !isUnlooked(facts),
    phrase: () => 'no name seen',
  },
  {
    id: 'random',
    points: 1,
    applies: (facts) => isTelling(facts) && facts.traits.randomLabel !== '',
    phrase: ({ traits }) => `${traits.randomLabel} looks random`,
  },
  {
    id: 'disposable',
    points: 2,
    applies: (facts) => isTelling(facts) && isOutward(facts) && facts.traits.disposable !== '',
    phrase: ({ name, traits }) => `${name}: ${traits.disposable}, which anybody has at once`,
  },
  {
    id: 'cheap',
    points: 1,
    applies: (facts) => isTelling(facts) && isOutward(facts) && facts.traits.cheapEnding !== '',
    phrase: ({ traits }) => `under .${traits.cheapEnding}, where a name costs next to nothing`,
  },
  {
    id: 'noroot',
    points: 2,
    applies: (facts) => isTelling(facts) && isOutward(facts) && facts.traits.reach === 'no name under the root',
    phrase: ({ name }) => `${name} is under no top-level domain of the Internet`,
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

/** Whether its hellos were read and name no server, which nothing else names either. */
function lacksServerName(facts: Facts): boolean {
  return (
    isTelling(facts) &&
    isOutward(facts) &&
    isSo(facts, 'namelessHello') &&
    protocolClassOf(facts.application) === 'tls' &&
    facts.dataShare > SOME_DATA
  );
}

/** Lines that say the same count once: a bare address and a missing server name say it already. */
function isUnlooked(facts: Facts): boolean {
  if (!isTelling(facts) || !isOutward(facts) || facts.isNamed || lacksServerName(facts)) return false;
  return isSo(facts, 'unlooked');
}

/** Whoever makes a connection chooses the name in it: on an odd port, or under a foreign protocol, it excuses nothing. */
function excuses(facts: Facts): boolean {
  return isTelling(facts) && !isOddPort(facts) && !isNotItsOwn(facts);
}
