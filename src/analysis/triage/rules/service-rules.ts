import { hasSign } from '../../protocols/signs.ts';
import { type Facts, isOutward, isSo } from '../facts.ts';
import { ADMIN_PORTS, type TrafficCategory, protocolClassOf } from '../traffic-category.ts';
import type { Rule } from './rule.ts';
import { isReport } from './context-rules.ts';
import { MOSTLY_FAILED, showed, SOME_DATA } from './rule.ts';

const HTTP_PORT = 80;
/** Ports of the web and of mail on which TLS is spoken from the first byte. */
const TLS_PORTS = new Set([443, 8443, 465, 993, 995]);

/** What a connection is there for, by port and protocol; and protocols where they do not belong. */
export const SERVICE_RULES: readonly Rule[] = [
  {
    id: 'control',
    points: -5,
    applies: (facts) =>
      facts.category === 'control' && !isOddEcho(facts, 'unlikeEcho') && !isOddEcho(facts, 'largeEcho'),
    phrase: () => 'control messages, no port',
  },
  {
    id: 'echo',
    points: 5,
    applies: (facts) => isOddEcho(facts, 'unlikeEcho'),
    phrase: () => 'answers to ICMP are of another size than what they answer: a tunnel',
  },
  {
    id: 'largeecho',
    points: 4,
    applies: (facts) => isOddEcho(facts, 'largeEcho'),
    phrase: () => 'echoes of ICMP carry far more data than those of a ping: room for a tunnel',
  },
  {
    id: 'naming',
    points: -4,
    applies: ({ category: service, tunnelled, generated }) =>
      service === 'naming' && tunnelled === 0 && generated === 0,
    phrase: () => 'name service',
  },
  {
    id: 'tunnel',
    points: 6,
    applies: ({ category: service, tunnelled }) => service === 'naming' && tunnelled > 0,
    phrase: ({ tunnelled, tunnelDomain }) => {
      const names = tunnelled === 1 ? '' : `: ${tunnelled - 1} different names`;
      return `looks like a tunnel through DNS${names}${tunnelDomain === '' ? '' : ` under ${tunnelDomain}`}`;
    },
  },
  {
    id: 'generator',
    points: 5,
    applies: ({ category: service, generated }) => service === 'naming' && generated > 0,
    phrase: ({ generated }) => `asked for ${generated} names that do not exist and look random`,
  },
  serviceRule('clock', -4, (facts) => `${applicationWords(facts)} that keeps time or keeps alive by design`),
  serviceRule('directory', -3, () => 'Windows domain service'),
  {
    id: 'mail',
    points: -2,
    applies: (facts) => facts.category === 'mail' && !isNotItsOwn(facts) && !isReport(facts),
    phrase: () => 'mail server',
  },
  serviceRule('push', -2, () => 'push service of a phone or chat'),
  {
    id: 'known',
    points: -2,
    applies: (facts) =>
      facts.category === 'other' &&
      facts.applicationSeen &&
      protocolClassOf(facts.application) === 'purpose' &&
      !isReport(facts),
    phrase: ({ application }) => `${application}: a protocol with a purpose of its own`,
  },
  {
    id: 'oddport',
    points: 2,
    applies: isOddPort,
    phrase: (facts) =>
      isSilent(facts)
        ? `port ${facts.port}, on which nothing was said`
        : `${applicationWords(facts)} on port ${facts.port}`,
  },
  {
    id: 'notown',
    points: 3,
    applies: isNotItsOwn,
    phrase: (facts) => {
      const own = facts.port === HTTP_PORT ? 'HTTP' : 'TLS';
      const isMixed = facts.applicationSeen && facts.application === own;
      return isMixed ? `port ${facts.port}, but some flows are not ${own}` : `port ${facts.port}, but not ${own}`;
    },
  },
];

/** Whether a protocol that implants speak, or nobody knows, is outward bound on a port that it does not own. */
export function isOddPort(facts: Facts): boolean {
  if (isSo(facts, 'proxied')) return false;
  if (facts.category !== 'other' || !isOutward(facts)) return false;
  // Tries in vain between addresses that are both elsewhere are the noise of the Internet.
  if (facts.sourceZone === 'external' && facts.failedShare >= MOSTLY_FAILED) return false;
  const speech = protocolClassOf(facts.application);
  if (facts.applicationSeen && speech === 'purpose') return false;
  if (!tellsApplication(facts)) return false;
  return !ADMIN_PORTS.has(facts.port) || (facts.dataShare > SOME_DATA && speech !== 'ssh');
}

/** Whether data goes out on a port of the web in something else than that port's protocol. */
export function isNotItsOwn(facts: Facts): boolean {
  if (isSo(facts, 'proxied')) return false;
  if (!isOutward(facts)) return false;
  if (!tellsApplication(facts)) return false;
  if (hasSign(facts.signs, 'unrecognised')) return facts.port === HTTP_PORT || TLS_PORTS.has(facts.port);
  if (facts.dataShare <= SOME_DATA) return false;
  const speech = protocolClassOf(facts.application);
  if (TLS_PORTS.has(facts.port)) return speech === 'unknown' || speech === 'http';
  // HTTP shows itself in its first bytes: where there are data and it was only guessed, it is not HTTP.
  const guessed = speech === 'http' && !facts.applicationSeen;
  return facts.port === HTTP_PORT && (speech === 'unknown' || speech === 'tls' || guessed);
}

/** Whether its protocol was met, or would have been: who did not look at what was said cannot call it unknown. */
function tellsApplication(facts: Facts): boolean {
  return (facts.applicationSeen && protocolClassOf(facts.application) !== 'unknown') || showed(facts, 'application');
}

/** Whether ICMP goes out and comes back, but not as the echoes of a ping do. */
function isOddEcho(facts: Facts, how: 'unlikeEcho' | 'largeEcho'): boolean {
  return facts.category === 'control' && isOutward(facts) && isSo(facts, how);
}

function serviceRule(service: TrafficCategory, points: number, phrase: Rule['phrase']): Rule {
  return { id: service, points, applies: (facts) => facts.category === service, phrase };
}

/** Whether no payload came or went: then no protocol is unknown. */
function isSilent({ dataShare, measures }: Facts): boolean {
  return dataShare === 0 && measures.payloadSent === 0 && measures.payloadReceived === 0;
}

/** A guess from the port is no protocol that was spoken. */
function applicationWords({ application, applicationSeen, category: service }: Facts): string {
  if (protocolClassOf(application) === 'unknown') return 'unknown protocol';
  return applicationSeen || service !== 'other' ? application : 'unknown protocol';
}
