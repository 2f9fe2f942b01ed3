import { describe, expect, it } from 'vitest';
import { requestSigns } from '../../../../src/analysis/protocols/http-request.ts';
import { SIGNS, type Sign } from '../../../../src/analysis/protocols/signs.ts';
import { latin1 } from '../../../builders/payloads/bytes.ts';

/** Signs of a request besides that it is one; null while its head has not ended. */
function signsOf(...lines: string[]): Sign[] | null {
  const bytes = latin1(`xx${lines.join('\r\n')}`);
  const signs = requestSigns(bytes, 2, bytes.length);
  if (signs === null) return null;
  expect(signs & SIGNS.request).toBe(SIGNS.request);
  return (Object.keys(SIGNS) as Sign[]).filter((sign) => sign !== 'request' && (signs & SIGNS[sign]) !== 0);
}

const CHROME =
  'User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0';
const REST = ['Accept-Language: en', 'Accept-Encoding: gzip'];

describe('requestSigns', () => {
  it('waits for the end of the head', () => {
    expect(signsOf('GET / HTTP/1.1')).toBeNull();
    expect(signsOf('GET / HTTP/1.1', 'Host: a.example', 'User-Agent: x')).toBeNull();
    expect(signsOf('GET / HTTP/1.1', 'Host: a.example', 'User-Agent: x', '', '')).toEqual([]);
  });

  it.each<[string, string[], Sign[]]>([
    ['a browser', ['GET /a HTTP/1.1', 'Host: a.example', CHROME, ...REST], []],
    ['one of its headers', ['GET /a HTTP/1.1', 'Host: a.example', CHROME, 'ACCEPT-encoding: gzip'], []],
    ['a browser by name alone', ['GET /a HTTP/1.1', 'Host: a.example', CHROME], ['claimsBrowser']],
    ['a robot', ['GET / HTTP/1.1', 'Host: a.example', 'User-Agent: Mozilla/5.0 (compatible; bot/1.2; +http://b)'], []],
    ['nobody', ['GET / HTTP/1.1', 'Host: a.example'], ['noAgent']],
    ['an empty agent', ['GET / HTTP/1.1', 'Host: a.example', 'User-Agent:  '], ['noAgent']],
    ['no host', ['GET / HTTP/1.1', 'User-Agent: x'], ['noHost']],
    ['no host, as it may be', ['GET / HTTP/1.0', 'User-Agent: x'], ['oldHttp']],
    [
      'a form',
      ['POST /a.php HTTP/1.1', 'Host: a.example', 'User-Agent: x', 'Content-Type: application/x-www-form-urlencoded'],
      ['form'],
    ],
    ['bytes', ['PUT /a HTTP/1.1', 'Host: a.example', 'User-Agent: x'], ['form']],
    ['a form on a page', ['POST /a HTTP/1.1', 'Host: a.example', 'User-Agent: x', 'Referer: http://a.example/'], []],
    ['a script on a page', ['POST /a HTTP/1.1', 'Host: a.example', 'User-Agent: x', 'Origin: http://a.example'], []],
    ['a call', ['POST /a HTTP/1.1', 'Host: a.example', 'User-Agent: x', 'Content-Type: application/soap+xml'], []],
    ['nothing sent', ['POST /a HTTP/1.1', 'Host: a.example', 'User-Agent: x', 'Content-Length: 0'], []],
    ['a field with a like name', ['GET / HTTP/1.1', 'Host: a.example', 'User-Agents: x'], ['noAgent']],
  ])('%s', (_, lines, expected) => {
    expect(signsOf(...lines, '', '')?.toSorted()).toEqual(expected.toSorted());
  });

  it('reads the version behind a long target', () => {
    expect(signsOf(`GET /${'a'.repeat(5000)} HTTP/1.0`, 'User-Agent: x', '', '')).toEqual(['oldHttp']);
  });
});
