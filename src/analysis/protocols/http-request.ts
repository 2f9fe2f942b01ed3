import { SIGNS } from './signs.ts';
import { textOfBytes } from '../memory/words.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const COLON = 0x3a;
const LOWER_CASE = 0x20;

/** Header fields that are looked for, in lower case; the place of each is its bit. */
const FIELDS = [
  'host',
  'user-agent',
  'accept-language',
  'accept-encoding',
  'referer',
  'origin',
  'content-type',
  'content-length',
].map((name) => Uint8Array.from(name, (letter) => letter.charCodeAt(0)));
const [HOST, USER_AGENT, LANGUAGE, ENCODING, REFERER, ORIGIN, CONTENT_TYPE, CONTENT_LENGTH] = FIELDS.map(
  (_, place) => 1 << place,
);

/** Engines that user agents of browsers name. What programs call themselves beside "Mozilla" (a bot's address) is not one. */
const BROWSER = /^Mozilla\/.*(?:MSIE |Trident\/|Gecko|AppleWebKit|Chrome\/|Safari\/|Firefox\/|Opera|Edge)/;
/** Programs that check certificates, subscribe or call each other's functions send bodies of these types by design. */
const PROGRAMS_TYPE = /ocsp|timestamp|soap|xml|json|grpc|protobuf|msgpack/i;
const SENDING = /^(?:POST|PUT) /;
const LONGEST_VALUE = 512;

/**
 * What the head of the HTTP/1 request that `bytes[start, end)` begins with shows, as bits of `SIGNS`; null where the bytes
 * end before the head does. RFC 9110: section 10.1.3 (Referer), 12.5 (Accept fields), 7.2 (Host).
 */
export function requestSigns(bytes: Uint8Array, start: number, end: number): number | null {
  let line = start;
  let lineEnd = lineFeed(bytes, line, end);
  const requestLine = textOf(bytes, start, withoutReturn(bytes, start, lineEnd));
  let fields = 0;
  let agent = '';
  let type = '';
  let sent = '';
  for (;;) {
    if (lineEnd === end) return null;
    line = lineEnd + 1;
    lineEnd = lineFeed(bytes, line, end);
    if (lineEnd === end) return null;
    const contentEnd = withoutReturn(bytes, line, lineEnd);
    if (contentEnd === line) break;
    const field = fieldAt(bytes, line, contentEnd);
    if (field === 0) continue;
    fields |= field;
    if ((field & (USER_AGENT | CONTENT_TYPE | CONTENT_LENGTH)) === 0) continue;
    let value = line;
    while (bytes[value] !== COLON) value++;
    const text = textOf(bytes, value + 1, contentEnd).trim();
    if (field === USER_AGENT) agent = text;
    else if (field === CONTENT_TYPE) type = text;
    else sent = text;
  }
  const has = (field: number): boolean => (fields & field) !== 0;
  const isOld = requestLine.endsWith(' HTTP/1.0');
  let signs: number = SIGNS.request;
  // Who asks for a tunnel tells the proxy nothing of what goes through it.
  if (requestLine.startsWith('CONNECT ')) return signs;
  if (isOld) signs |= SIGNS.oldHttp;
  if (agent === '') signs |= SIGNS.noAgent;
  else if (BROWSER.test(agent) && !has(LANGUAGE) && !has(ENCODING)) signs |= SIGNS.claimsBrowser;
  if (!has(HOST) && requestLine.endsWith(' HTTP/1.1')) signs |= SIGNS.noHost;
  const isAsked = has(REFERER) || has(ORIGIN) || PROGRAMS_TYPE.test(type) || sent === '0';
  if (SENDING.test(requestLine) && !isAsked) signs |= SIGNS.form;
  return signs;
}

/** The bit of the field whose line begins at `line`, 0 for one that is not looked for. */
function fieldAt(bytes: Uint8Array, line: number, end: number): number {
  for (let place = 0; place < FIELDS.length; place++) {
    const name = FIELDS[place];
    if (end - line <= name.length || bytes[line + name.length] !== COLON) continue;
    let at = 0;
    while (at < name.length && (bytes[line + at] | LOWER_CASE) === name[at]) at++;
    if (at === name.length) return 1 << place;
  }
  return 0;
}

function lineFeed(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== LINE_FEED) at++;
  return at;
}

function withoutReturn(bytes: Uint8Array, start: number, lineEnd: number): number {
  return lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
}

/** A line's last characters: a long target is cut in front, the version stands at the end. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= LONGEST_VALUE) return textOfBytes(bytes, start, end);
  const half = LONGEST_VALUE / 2;
  return textOfBytes(bytes, start, start + half) + textOfBytes(bytes, end - half, end);
}
