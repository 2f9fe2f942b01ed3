import { getDomainWithoutSuffix } from 'tldts';

const LEAST_LENGTH = 6;
const LEAST_SWITCHES = 3;
const CONSONANTS_IN_A_ROW = /[bcdfghjklmnpqrstvwxz]{6}/;
const LEAST_LETTERS = 8;
const LEAST_VOWEL_SHARE = 0.2;

/**
 * The label that was registered under a public suffix ("example" of "www.example.co.uk") where it looks like
 * machine-made text, else an empty text. Words of people have vowels, and keep letters and digits apart.
 */
export function randomLabelOf(name: string): string {
  const label = getDomainWithoutSuffix(name, { extractHostname: false, detectIp: false }) ?? '';
  return looksRandom(label) ? label : '';
}

function looksRandom(label: string): boolean {
  // An internationalised label is letters of another script in an encoding: it says nothing about chance.
  if (label.length < LEAST_LENGTH || label.startsWith('xn--')) return false;
  if (CONSONANTS_IN_A_ROW.test(label)) return true;
  const letters = count(label, /[a-z]/g);
  if (letters >= LEAST_LETTERS && count(label, /[aeiouy]/g) < LEAST_VOWEL_SHARE * letters) return true;
  return count(label, /[a-z](?=\d)|\d(?=[a-z])/g) >= LEAST_SWITCHES;
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
