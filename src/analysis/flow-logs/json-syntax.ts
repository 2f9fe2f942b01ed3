const [QUOTE, BACKSLASH, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE] = [
  0x22, 0x5c, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d,
];
const [SPACE, TAB, LINE_FEED, CARRIAGE_RETURN] = [0x20, 0x09, 0x0a, 0x0d];

/** What is neither a text, a list nor an object; and what stands behind a backslash (RFC 8259). */
const PLAIN = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /["\\/bfnrt]|u[\da-fA-F]{4}/y;

/** What may come next: a value, the same or the end of a list, a name, the same or the end of an object, or what follows a value. */
const [VALUE, FIRST_VALUE, NAME, FIRST_NAME, BEHIND] = [0, 1, 2, 3, 4];

/** Whether `JSON.parse` takes a text: it takes microseconds to refuse one of two characters, for the words that it says it with. */
export function isJson(text: string): boolean {
  const open: number[] = [];
  let next = VALUE;
  for (let at = behindBlanks(text, 0); ; at = behindBlanks(text, at)) {
    const code = text.charCodeAt(at);
    const within = open[open.length - 1];
    if (next === BEHIND && open.length === 0) return at === text.length;
    const closes = within === OPEN ? CLOSE : CLOSE_LIST;
    if (code === closes && next !== VALUE && next !== NAME) {
      open.pop();
      next = BEHIND;
      at++;
    } else if (next === BEHIND) {
      if (code !== COMMA) return false;
      next = within === OPEN ? NAME : VALUE;
      at++;
    } else if (next === NAME || next === FIRST_NAME) {
      at = behindBlanks(text, behindText(text, at));
      if (text.charCodeAt(at) !== COLON) return false;
      next = VALUE;
      at++;
    } else if (code === OPEN || code === OPEN_LIST) {
      open.push(code);
      next = code === OPEN ? FIRST_NAME : FIRST_VALUE;
      at++;
    } else {
      at = code === QUOTE ? behindText(text, at) : behind(PLAIN, text, at);
      if (at < 0) return false;
      next = BEHIND;
    }
  }
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

function behindBlanks(text: string, at: number): number {
  let end = at;
  while (isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** Where what stands at a place ends; -1 where it is something else. */
function behind(what: RegExp, text: string, at: number): number {
  what.lastIndex = at;
  return at >= 0 && what.test(text) ? what.lastIndex : -1;
}

function behindText(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) return -1;
  for (let at = start + 1; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < SPACE) return -1;
    at = code === BACKSLASH ? behind(ESCAPE, text, at + 1) : at + 1;
    if (at < 0) return -1;
  }
  return -1;
}
