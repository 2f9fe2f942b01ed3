import { couldShow, type Observed } from '../../flows/observed.ts';
import type { Facts } from '../facts.ts';

/** One line of the table: what it adds when it applies, and the words that say so. */
export interface Rule {
  id: string;
  points: number;
  applies: (facts: Facts) => boolean;
  phrase: (facts: Facts) => string;
}

/** Shares of flows with data: enough that a connection says something, and most of it. */
export const SOME_DATA = 0.3;
export const MOSTLY_DATA = 0.5;
/** Share of flows without an answer from which on a connection counts as dead. */
export const MOSTLY_FAILED = 0.9;

/**
 * Whether names and behaviour say anything about a connection: control messages, name service and clocks look alike
 * whoever sends them.
 */
export function isTelling({ category: service }: Pick<Facts, 'category'>): boolean {
  return service !== 'control' && service !== 'naming' && service !== 'clock';
}

/** Whether the source of a connection's flows could have shown all of these: only then what is missing is a fact. */
export function showed({ observed }: Pick<Facts, 'observed'>, ...what: readonly Observed[]): boolean {
  return what.every((kind) => couldShow(observed, kind));
}
