import type { Facts } from '../facts.ts';
import type { Rule } from './rule.ts';

/** Where a connection begins and ends, and whether the analyst looks for it. */
export const PLACE_RULES: readonly Rule[] = [
  {
    id: 'watch',
    points: 5,
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
    applies: ({ sourcePlace, destinationPlace }) => sourcePlace === 'inside' && destinationPlace === 'inside',
    phrase: () => 'stays inside the network',
  },
  {
    id: 'inbound',
    points: -2,
    applies: ({ sourcePlace, destinationPlace }) => sourcePlace === 'outside' && destinationPlace === 'inside',
    phrase: () => 'comes from outside',
  },
];

function isGroup({ sourcePlace, destinationPlace }: Facts): boolean {
  return sourcePlace === 'group' || destinationPlace === 'group';
}
