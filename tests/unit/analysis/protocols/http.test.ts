import { describe, expect, it } from 'vitest';
import { httpHost, isHttpRequest } from '../../../../src/analysis/protocols/http.ts';
import { concat, latin1 } from '../../../builders/payloads/bytes.ts';
import { httpRequest, httpResponse } from '../../../builders/payloads/http.ts';

function hostIn(text: string): string | null {
  const bytes = latin1(text);
  return httpHost(bytes, 0, bytes.length);
}

function requestFor(host: string | null): string {
  return String.fromCharCode(...httpRequest({ method: 'GET', path: '/x', host, userAgent: 'curl/8' }));
}

describe('isHttpRequest', () => {
  const is = (text: string): boolean => isHttpRequest(latin1(text), 0, text.length);

  it('takes any method in capitals', () => {
    for (const method of ['GET', 'POST', 'CONNECT', 'PROPFIND', 'RPC_OUT_DATA', 'M-SEARCH']) {
      expect(is(`${method} / HTTP/1.1\r\n`)).toBe(true);
    }
  });

  it('leaves out what begins otherwise', () => {
    for (const text of [
      '',
      'G',
      'get / HTTP/1.1',
      'HTTP/1.1 200 OK',
      '220 SMTP ready',
      'A B',
      `${'A'.repeat(30)} /`,
      '\x16\x03',
    ]) {
      expect(is(text)).toBe(false);
    }
    expect(is(String.fromCharCode(...httpResponse({ status: 200, bodyLength: 10 })))).toBe(false);
  });

  it('takes a segment that ends within the method, whatever lies behind it', () => {
    expect(isHttpRequest(latin1('POS\0\0'), 0, 3)).toBe(true);
  });
});

describe('httpHost', () => {
  it('reads the Host header, lower case and without port', () => {
    expect(hostIn(requestFor('WWW.Example.com'))).toBe('www.example.com');
    expect(hostIn(requestFor('example.com:8080'))).toBe('example.com');
    expect(hostIn(requestFor('10.9.8.7'))).toBe('10.9.8.7');
    expect(hostIn(requestFor('[2001:db8::1]:80'))).toBe('[2001');
    expect(hostIn(requestFor('quote"and,comma.example'))).toBe('quote"and,comma.example');
    expect(hostIn(requestFor(`${'a'.repeat(300)}.example.org`))).toHaveLength(255);
  });

  it('takes the header in any case, anywhere, with any blanks and line ends', () => {
    expect(hostIn('GET /x HTTP/1.1\r\nhOsT:nospace.example\r\n\r\n')).toBe('nospace.example');
    expect(hostIn('GET /x HTTP/1.1\r\nAccept: */*\r\nHOST: \t last.example \t\r\n\r\n')).toBe('last.example');
    expect(hostIn('GET /x HTTP/1.0\nHost: bare.example\n\n')).toBe('bare.example');
  });

  it('takes no other header for it', () => {
    expect(hostIn('GET /x HTTP/1.1\r\nX-Host: a\r\nHostname: b\r\nGhost: c\r\n Host: d\r\n\r\n')).toBe('');
    expect(hostIn(requestFor(null))).toBe('');
  });

  it('takes no Host line of the body', () => {
    expect(hostIn('POST /x HTTP/1.1\r\nAccept: */*\r\n\r\nHost: body.example\r\n\r\n')).toBe('');
  });

  it('escapes what is not printable', () => {
    expect(hostIn('GET / HTTP/1.1\r\nHost: a\0b\rc\xff.example\r\n\r\n')).toBe('a?b?c?.example');
  });

  it('reads CONNECT: the header first, else the target', () => {
    expect(hostIn('CONNECT proxy.example:443 HTTP/1.1\r\nHost: header.example:443\r\n\r\n')).toBe('header.example');
    expect(hostIn('CONNECT Target.Example:443 HTTP/1.0\r\n\r\n')).toBe('target.example');
    expect(hostIn('GET target.example:443 HTTP/1.0\r\n\r\n')).toBe('');
  });

  it('is no HTTP without its version', () => {
    expect(hostIn('OPTIONS rtsp://a.example RTSP/1.0\r\nHost: a.example\r\n\r\n')).toBe('');
    expect(hostIn('INVITE sip:a@b.example SIP/2.0\r\nHost: a.example\r\n\r\n')).toBe('');
    expect(hostIn('HELO mail.example\r\nHost: a.example\r\n\r\n')).toBe('');
  });

  it('is undecided until the Host line is whole', () => {
    const request = requestFor('split.example');
    const decided = request.indexOf('split.example') + 'split.example\r\n'.length;
    const bytes = concat(latin1(request));
    for (let length = 0; length < decided; length++) expect(httpHost(bytes, 0, length)).toBe(null);
    expect(httpHost(bytes, 0, decided)).toBe('split.example');
  });
});
