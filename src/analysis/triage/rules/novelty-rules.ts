import { type Facts, isAbroad } from '../facts.ts';
import { NOVELTY } from '../novelty.ts';
import { COMMON_SHARE, LEAST_HOSTS } from './prevalence-rules.ts';
import type { Rule } from './rule.ts';

/** What a baseline says: what was not there before, and what always was. Without one none of it applies. */
export const NOVELTY_RULES: readonly Rule[] = [
  {
    id: 'new',
    points: 1,
    applies: (facts) => isNew(facts, NOVELTY.destination) && isAbroad(facts),
    phrase: (facts) => `not seen before ${dayOf(facts)}`,
  },
  {
    id: 'commonbefore',
    points: -2,
    applies: isCommonBefore,
    phrase: ({ hostsBefore, baseline }) => `common before: ${hostsBefore} of ${baseline?.hosts ?? 0} hosts went there`,
  },
  {
    id: 'newsoftware',
    points: 0,
    applies: (facts) => isNew(facts, NOVELTY.software),
    phrase: (facts) => `a client fingerprint not seen before ${dayOf(facts)}`,
  },
];

function isNew({ novelty }: Facts, what: number): boolean {
  return (novelty & what) !== 0;
}

/** What counts as common in the capture itself is not excused twice. */
function isCommonBefore({ hosts, allHosts, hostsBefore, baseline }: Facts): boolean {
  if (baseline === null || baseline.hosts < LEAST_HOSTS || hostsBefore < COMMON_SHARE * baseline.hosts) return false;
  return allHosts < LEAST_HOSTS || hosts < COMMON_SHARE * allHosts;
}

/** The day on which the baseline ends, in UTC. */
function dayOf({ baseline }: Facts): string {
  return baseline === null ? '' : new Date(baseline.toMs).toISOString().slice(0, 10);
}
