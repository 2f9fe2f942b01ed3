import { getDomainWithoutSuffix } from 'tldts';

const LEAST_LENGTH = 6;
const LEAST_SWITCHES = 3;
const CONSONANTS_IN_A_ROW = 6;
const LEAST_LETTERS = 8;
const LEAST_VOWEL_SHARE = 0.2;

/** What a character is; letters are above digits. */
const [DIGIT, VOWEL, CONSONANT] = [1, 2, 3];
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

/**
 * The label that was registered under a public suffix ("example" of "www.example.co.uk") where it looks like
 * machine-made text, else an empty text. Words of people have vowels, and keep letters and digits apart.
 */
export function randomLabelOf(name: string): string {
  const label = getDomainWithoutSuffix(name, { extractHostname: false, detectIp: false }) ?? '';
  return looksRandom(label) ? label : '';
}

/** In one pass: floods have a million such names. */
function looksRandom(label: string): boolean {
  // An internationalised label is letters of another script in an encoding: it says nothing about chance.
  if (label.length < LEAST_LENGTH || label.startsWith('xn--')) return false;
  let [before, inARow, letters, vowels, switches] = [0, 0, 0, 0, 0];
  for (let at = 0; at < label.length; at++) {
    const kind = KINDS[label.charCodeAt(at)] ?? 0;
    inARow = kind === CONSONANT ? inARow + 1 : 0;
    if (inARow === CONSONANTS_IN_A_ROW) return true;
    if (kind === VOWEL) vowels++;
    if (kind > DIGIT) letters++;
    if ((kind > DIGIT && before === DIGIT) || (kind === DIGIT && before > DIGIT)) switches++;
    before = kind;
  }
  return (letters >= LEAST_LETTERS && vowels < LEAST_VOWEL_SHARE * letters) || switches >= LEAST_SWITCHES;
}

function kindOf(character: string): number {
  if (/\d/.test(character)) return DIGIT;
  if (/[aeiouy]/.test(character)) return VOWEL;
  return /[a-z]/.test(character) ? CONSONANT : 0;
}
