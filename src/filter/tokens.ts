import { FilterFault, type Operator, type Span } from './syntax.ts';

export type Token = Span &
  (
    | { kind: 'word'; text: string; quoted: boolean }
    /** `name:` with a value right behind it, as RITA writes a search. */
    | { kind: 'field'; text: string }
    | { kind: 'operator'; operator: Operator }
    | { kind: 'and' | 'or' | 'not' | '(' | ')' | '{' | '}' | ',' | '..' }
  );

/** Longer texts are no filter that a person wrote. */
export const LONGEST_FILTER = 4096;

const SYMBOLS: readonly (readonly [string, Operator | 'and' | 'or' | 'not' | '(' | ')' | '{' | '}' | ',' | '..'])[] = [
  ['===', '=='],
  ['==', '=='],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['&&', 'and'],
  ['||', 'or'],
  ['..', '..'],
  ['=', '=='],
  ['<', '<'],
  ['>', '>'],
  ['~', 'matches'],
  ['!', 'not'],
  ['(', '('],
  [')', ')'],
  ['{', '{'],
  ['}', '}'],
  [',', ','],
];
const STRUCTURE: ReadonlySet<string> = new Set(['and', 'or', 'not', '(', ')', '{', '}', ',', '..']);
/** What ends a bare word: blanks, brackets, commas, quotes, operators of one sign, and those of two. */
const WORD_END = /[\s(){},"=<>]|!=|&&|\|\||\.\./g;
const QUOTES: ReadonlySet<string> = new Set(['"', "'"]);

/**
 * The words, operators and brackets of a filter, in order.
 *
 * @param isField whether a name in front of a colon is one of a field: `dst:10.0.0.1`, but `fe80::1` and `10:30`
 * @param unfinished takes a quote that is never closed for one that ends with the text, as it does while it is typed
 */
export function tokensOf(text: string, isField: (name: string) => boolean, unfinished = false): Token[] {
  if (text.length > LONGEST_FILTER) {
    const hint = `shorten it to ${LONGEST_FILTER} characters`;
    throw new FilterFault({ start: LONGEST_FILTER, end: text.length }, 'the filter is too long', hint);
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    if (/\s/.test(text[at])) {
      at++;
    } else if (QUOTES.has(text[at])) {
      const string = quoted(text, at, unfinished);
      at = string.end;
      tokens.push({ kind: 'word', text: string.text, quoted: true, start, end: at });
    } else {
      const symbol = SYMBOLS.find(([sign]) => text.startsWith(sign, at));
      if (symbol === undefined) {
        const token = wordToken(text.slice(at, wordEnd(text, at)), start, isField);
        at = token.kind === 'field' ? token.end + 1 : token.end;
        tokens.push(token);
      } else {
        at += symbol[0].length;
        tokens.push({ ...symbolToken(symbol[1]), start, end: at } as Token);
      }
    }
  }
  return tokens;
}

function symbolToken(meaning: string): { kind: string; operator?: string } {
  return STRUCTURE.has(meaning) ? { kind: meaning } : { kind: 'operator', operator: meaning };
}

function wordEnd(text: string, start: number): number {
  WORD_END.lastIndex = start + 1;
  return WORD_END.exec(text)?.index ?? text.length;
}

/** A word, or the name of a field whose value comes behind a colon. */
function wordToken(word: string, start: number, isField: (name: string) => boolean): Token {
  const colon = word.indexOf(':');
  if (colon > 0 && isField(word.slice(0, colon))) {
    return { kind: 'field', text: word.slice(0, colon), start, end: start + colon };
  }
  return { kind: 'word', text: word, quoted: false, start, end: start + word.length };
}

/**
 * A text in quotes: a backslash stands before a quote or a backslash that belongs to it, and for itself before all
 * else.
 */
function quoted(text: string, start: number, unfinished: boolean): { text: string; end: number } {
  let content = '';
  for (let at = start + 1; at < text.length; at++) {
    const next = text[at + 1];
    if (text[at] === text[start]) return { text: content, end: at + 1 };
    if (text[at] === '\\' && (QUOTES.has(next) || next === '\\')) at++;
    content += text[at];
  }
  if (unfinished) return { text: content, end: text.length };
  throw new FilterFault({ start, end: text.length }, 'a quote is not closed', `put ${text[start]} behind the text`);
}
