import { LINE_WORDS } from './columns.ts';
import type { Facts } from './facts.ts';
import { BEHAVIOUR_RULES } from './rules/behaviour-rules.ts';
import { CONTEXT_RULES } from './rules/context-rules.ts';
import { NAME_RULES } from './rules/name-rules.ts';
import { NOVELTY_RULES } from './rules/novelty-rules.ts';
import { NOTE_RULES } from './rules/note-rules.ts';
import { PLACE_RULES } from './rules/zone-rules.ts';
import { PREVALENCE_RULES } from './rules/prevalence-rules.ts';
import { REQUEST_RULES } from './rules/request-rules.ts';
import { RHYTHM_RULES } from './rules/rhythm-rules.ts';
import type { Rule } from './rules/rule.ts';
import { SERVICE_RULES } from './rules/service-rules.ts';

/** The whole table, in the order its lines are read; a rule's place is its bit in `LineSum.bits`, 32 a word. */
export const RULES: readonly Rule[] = [
  ...RHYTHM_RULES,
  ...PLACE_RULES,
  ...SERVICE_RULES,
  ...NAME_RULES,
  ...REQUEST_RULES,
  ...BEHAVIOUR_RULES,
  ...CONTEXT_RULES,
  ...PREVALENCE_RULES,
  ...NOVELTY_RULES,
  ...NOTE_RULES,
];

/** Those that points come from: the others are notes. */
const COUNTING_RULES = RULES.filter(({ points }) => points !== 0);

/** Points of a connection and which rules they come from. */
export interface LineSum {
  total: number;
  /** Bit set of places in `RULES`, in `LINE_WORDS` words. */
  bits: Uint32Array;
}

/** One line of a connection's sum: "+2  TLS on port 8043". */
export interface Line {
  id: string;
  points: number;
  phrase: string;
}

/** The points of the rules that apply to a connection: the total of `sumOf` without its lines. */
export function pointsOf(facts: Facts): number {
  let total = 0;
  for (const rule of COUNTING_RULES) if (rule.applies(facts)) total += rule.points;
  return total;
}

/** Adds up the rules that apply to a connection. */
export function sumOf(facts: Facts): LineSum {
  let total = 0;
  const bits = new Uint32Array(LINE_WORDS);
  for (let place = 0; place < RULES.length; place++) {
    const rule = RULES[place];
    if (!rule.applies(facts)) continue;
    total += rule.points;
    bits[place >> 5] |= 1 << (place & 31);
  }
  return { total, bits };
}

/** The lines of a sum in words; the facts are the ones it was made from. */
export function linesOf(bits: Uint32Array, facts: Facts): Line[] {
  const lines: Line[] = [];
  for (let place = 0; place < RULES.length; place++) {
    if ((bits[place >> 5] & (1 << (place & 31))) === 0) continue;
    const { id, points, phrase } = RULES[place];
    lines.push({ id, points, phrase: phrase(facts) });
  }
  return lines;
}
