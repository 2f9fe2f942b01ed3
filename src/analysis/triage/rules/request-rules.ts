import { hasSign, type Sign } from '../../protocols/signs.ts';
import { type Facts, isAbroad, isDriven } from '../facts.ts';
import type { Rule } from './rule.ts';
import { isTelling } from './rule.ts';

/** A browser of that age has not had a fix for years. */
const DEAD_BROWSER_YEARS = 8;

/** What requests, answers and certificates in the clear say of the software at either end. */
export const REQUEST_RULES: readonly Rule[] = [
  {
    id: 'program',
    points: 3,
    applies: (facts) => shows(facts, 'program') && !facts.traits.vendor,
    phrase: () => 'a program came back in the clear',
  },
  {
    id: 'disguised',
    points: 1,
    applies: (facts) => shows(facts, 'disguised'),
    phrase: () => 'the program was called a picture or a text',
  },
  {
    id: 'fakebrowser',
    points: 3,
    applies: (facts) => shows(facts, 'claimsBrowser'),
    phrase: () => 'calls itself a browser, but sends nothing else that browsers send',
  },
  {
    id: 'oldbrowser',
    points: 1,
    applies: (facts) => shows(facts, 'request') && facts.agentAge >= DEAD_BROWSER_YEARS,
    phrase: ({ agentAge }) => `calls itself a browser of ${agentAge} years before`,
  },
  {
    id: 'form',
    points: 2,
    applies: (facts) => shows(facts, 'form'),
    phrase: () => 'POST requests that no page led to',
  },
  {
    id: 'noagent',
    points: 1,
    applies: (facts) => shows(facts, 'noAgent'),
    phrase: () => 'requests without a user agent',
  },
  {
    id: 'nohost',
    points: 2,
    applies: (facts) =>
      isDriven(facts) || (shows(facts, 'request') && (hasSign(facts.signs, 'noHost') || asksForNoHost(facts))),
    phrase: (facts) => (asksForNoHost(facts) ? `asks for ${facts.name}, which is no host` : 'requests without a host'),
  },
  {
    id: 'oldhttp',
    points: 1,
    applies: (facts) => shows(facts, 'oldHttp'),
    phrase: () => 'requests of HTTP/1.0',
  },
  {
    id: 'selfsigned',
    points: 3,
    applies: (facts) => shows(facts, 'selfSigned'),
    phrase: () => 'the certificate vouches for itself',
  },
  {
    id: 'othername',
    points: 1,
    applies: (facts) => shows(facts, 'otherName'),
    phrase: () => 'the certificate is for other names than the one asked for',
  },
  {
    id: 'nobody',
    points: 1,
    applies: (facts) => facts.nobody !== '' && isTelling(facts) && isAbroad(facts),
    phrase: ({ nobody }) => `the certificate is made out to ${nobody}`,
  },
  {
    id: 'lasting',
    points: 1,
    applies: (facts) => shows(facts, 'lasting'),
    phrase: () => 'the certificate is valid for ten years or more, which no public authority grants',
  },
];

function shows(facts: Facts, sign: Sign): boolean {
  return hasSign(facts.signs, sign) && isTelling(facts) && isAbroad(facts);
}

function asksForNoHost({ traits, destinationZone }: Facts): boolean {
  return traits.reach === 'no host name' && destinationZone === 'external';
}
