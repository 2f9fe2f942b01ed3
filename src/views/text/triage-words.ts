import { type Badge, BADGE_WORDS, FIRST_POINTS, NEXT_POINTS } from '../../analysis/triage/badge.ts';
import type { Line } from '../../analysis/triage/lines.ts';
import type { AsideChoice, AsideKind } from '../../state/set-aside.ts';
import { formatCount, formatCounted } from './format.ts';

/** A badge as a shape and a word, and what it means: colour says nothing that these do not. */
export interface BadgeWords {
  shape: string;
  word: string;
  meaning: string;
}

export const BADGE_SIGNS: Readonly<Record<Badge, BadgeWords>> = {
  first: { shape: '◆', word: BADGE_WORDS.first, meaning: `${FIRST_POINTS} points or more` },
  next: { shape: '◇', word: BADGE_WORDS.next, meaning: `${NEXT_POINTS} points or more` },
  explained: {
    shape: '○',
    word: BADGE_WORDS.explained,
    meaning: `a rhythm with fewer than ${NEXT_POINTS} points: something explains it, or little else is odd about it`,
  },
  rest: { shape: '·', word: BADGE_WORDS.rest, meaning: `no rhythm to speak of, and fewer than ${NEXT_POINTS} points` },
};

export const SET_ASIDE_WORDS: BadgeWords = {
  shape: '×',
  word: 'set aside',
  meaning: 'you know it: your list of what is set aside covers it',
};

/** "+2", "−4", and "0" for a line that only tells. */
export function signedPoints(points: number): string {
  return points === 0 ? '0' : `${points > 0 ? '+' : '−'}${Math.abs(points)}`;
}

/** A total without a plus: "8", "−4". */
export function totalText(total: number): string {
  return total < 0 ? `−${-total}` : String(total);
}

/** The sum of a row, one line of it a line of text. */
export function sumText(total: number, lines: readonly Line[]): string {
  const parts = lines.map(({ points, phrase }) =>
    points === 0 ? `·  ${phrase}` : `${signedPoints(points)}  ${phrase}`,
  );
  return [...parts, `= ${totalText(total)} ${formatCounted(Math.abs(total), 'point').replace(/^\S+ /, '')}`].join('\n');
}

const MANY_WORDS: Readonly<Record<AsideKind, (count: string) => string>> = {
  pair: (count) => `only from their sources to their destinations, ${count} pairs`,
  address: (count) => `their ${count} destinations`,
  network: (count) => `their ${count} networks`,
  name: (count) => `their ${count} names alone`,
  below: (count) => `their ${count} names and all below them`,
};

/** What a choice of what to set aside says on its button. */
export function choiceWords({ kind, indicators, text }: AsideChoice): string {
  if (indicators.length > 1) return MANY_WORDS[kind](formatCount(indicators.length));
  switch (kind) {
    case 'pair':
      return `only ${text}`;
    case 'address':
      return `this destination, ${text}`;
    case 'network':
      return `its network, ${text}`;
    case 'name':
      return `the name ${text} alone`;
    case 'below':
      return `${text} and all names below it`;
  }
}
