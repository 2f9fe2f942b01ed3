import type { Facts } from '../facts.ts';
import { isTelling, type Rule, showed } from './rule.ts';

/** With fewer internal sources than this, how many of them go somewhere says nothing. */
export const LEAST_HOSTS = 10;
const RARE_SHARE = 0.05;
/** Share of the hosts that go somewhere from which on that is common. */
export const COMMON_SHARE = 0.3;

/** How many others go there. */
export const PREVALENCE_RULES: readonly Rule[] = [
  {
    id: 'rare',
    points: 1,
    applies: isRare,
    phrase: ({ hosts, allHosts }) =>
      hosts === 1 ? 'only host that goes there' : `only ${hosts} of ${allHosts} hosts go there`,
  },
  {
    id: 'common',
    points: -2,
    applies: (facts) => isJudged(facts) && facts.hosts >= COMMON_SHARE * facts.allHosts,
    phrase: ({ hosts, allHosts }) => `${hosts} of ${allHosts} hosts go there`,
  },
];

/** The sentence where prevalence cannot be judged; '' where it can. */
export function prevalenceGap(allHosts: number): string {
  if (allHosts >= LEAST_HOSTS) return '';
  const callers =
    allHosts === 0 ? 'no internal host opens' : allHosts === 1 ? 'only 1 host opens' : `only ${allHosts} hosts open`;
  return `${callers} connections: how many others go there cannot be judged`;
}

/** Of neighbours that look for each other nobody is the only one; of what goes on from before nobody knows who asked. */
function isRare(facts: Facts): boolean {
  if (!isTelling(facts) || !showed(facts, 'begin')) return false;
  return isJudged(facts) && (facts.hosts === 1 || facts.hosts <= RARE_SHARE * facts.allHosts);
}

/** A group address is nobody's, and who comes from outside is not among the hosts counted. */
function isJudged({ allHosts, sourceZone, destinationZone }: Facts): boolean {
  return allHosts >= LEAST_HOSTS && sourceZone === 'internal' && destinationZone !== 'multicast';
}
