import { type Facts, isDriven, isInbound } from '../facts.ts';
import type { Rule } from './rule.ts';

/** Where a connection begins and ends, and whether the analyst looks for it. */
export const PLACE_RULES: readonly Rule[] = [
  {
    id: 'watch',
    points: 6,
    applies: ({ watched }) => watched !== '',
    phrase: ({ watched }) => `on the watch list: ${watched}`,
  },
  {
    id: 'group',
    points: -6,
    applies: isGroup,
    phrase: () => 'goes to a multicast or broadcast address',
  },
  {
    id: 'inside',
    points: -3,
    applies: (facts) => isInternal(facts) && !facts.staysInternal,
    phrase: () => 'stays inside the network',
  },
  {
    id: 'nothingelse',
    points: 0,
    applies: (facts) => isInternal(facts) && facts.staysInternal,
    phrase: () => 'stays inside the network, as all of the capture does',
  },
  {
    id: 'inbound',
    points: -4,
    applies: (facts) => isInbound(facts) && !isDriven(facts),
    phrase: () => 'comes from outside',
  },
  {
    id: 'driven',
    points: 0,
    applies: isDriven,
    phrase: () => 'comes from outside, but on a rhythm and unlike visitors: something inside may be told what to do',
  },
];

/** What a tunnel's resolver or a generator asks may well be inside: then that it is says nothing. */
function isInternal({ sourceZone, destinationZone, tunnelled, generated }: Facts): boolean {
  return sourceZone === 'internal' && destinationZone === 'internal' && tunnelled === 0 && generated === 0;
}

function isGroup({ sourceZone, destinationZone }: Facts): boolean {
  return sourceZone === 'multicast' || destinationZone === 'multicast';
}
