import { describe, expect, it } from 'vitest';
import {
  HEADER_LIMIT,
  httpContentType,
  httpUserAgent,
  isHttpResponse,
} from '../../../../src/analysis/protocols/http-headers.ts';
import { latin1 } from '../../../builders/payloads/bytes.ts';

function agentIn(text: string): string | null {
  const bytes = latin1(`xx${text}User-Agent: beyond\r\n\r\n`);
  return httpUserAgent(bytes, 2, 2 + text.length);
}

function typeIn(text: string): string | null {
  return httpContentType(latin1(text), 0, text.length);
}

describe('httpUserAgent', () => {
  it('reads the header in any case, without blanks around it', () => {
    expect(agentIn('GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: curl/8.5.0\r\n\r\n')).toBe('curl/8.5.0');
    expect(agentIn('GET / HTTP/1.1\nuser-AGENT:\t Mozilla/5.0 (X11) \n\n')).toBe('Mozilla/5.0 (X11)');
  });

  it('knows when there is none, and when there may still be one', () => {
    expect(agentIn('GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('');
    expect(agentIn('GET / HTTP/1.1\r\nHost: a\r\n\r\nUser-Agent: body\r\n')).toBe('');
    expect(agentIn('GET / HTTP/1.1\r\nUser-Agent: cut')).toBeNull();
    expect(agentIn('GET / HTTP/1.1\r\n')).toBeNull();
    expect(agentIn('')).toBeNull();
  });

  it('escapes and bounds what it reads', () => {
    expect(agentIn('GET / HTTP/1.1\r\nUser-Agent: a\u0000\u001bb\u00e9\r\n\r\n')).toBe('a??b?');
    expect(agentIn(`GET / HTTP/1.1\r\nUser-Agent: ${'x'.repeat(9000)}\r\n\r\n`)).toHaveLength(HEADER_LIMIT);
  });
});

describe('httpContentType', () => {
  it('gives the media type alone', () => {
    expect(typeIn('HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n')).toBe('text/html');
    expect(typeIn('HTTP/1.1 200 OK\r\ncontent-type:application/json ;x\r\n\r\n')).toBe('application/json');
    expect(typeIn('HTTP/1.1 200 OK\r\nServer: x\r\n\r\n')).toBe('');
    expect(typeIn('HTTP/1.1 200 OK\r\nContent-Type: te')).toBeNull();
  });
});

it('isHttpResponse looks at the first five bytes', () => {
  expect(isHttpResponse(latin1('HTTP/1.1 200'), 0, 12)).toBe(true);
  expect(isHttpResponse(latin1('HTTP/1.1 200'), 0, 4)).toBe(false);
  expect(isHttpResponse(latin1('HTTPS'), 0, 5)).toBe(false);
});
