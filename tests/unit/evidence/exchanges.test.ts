import { describe, expect, it } from 'vitest';
import { DnsExchanges } from '../../../src/evidence/dns-exchanges.ts';
import type { DnsExchange, HttpExchange } from '../../../src/evidence/evidence.ts';
import { exchangeLine } from '../../../src/evidence/exchange-text.ts';
import { HttpExchanges } from '../../../src/evidence/http-exchanges.ts';
import { latin1 } from '../../builders/payloads/bytes.ts';
import { dnsQuery, dnsResponse } from '../../builders/payloads/dns.ts';

const SEEN = { clientPort: 5000, atMs: 1, toGroup: false };

/** Takes so many exchanges, and counts how many it is told of. */
function taker<T>(most: number) {
  const taken: T[] = [];
  const told = { count: 0 };
  const take = (exchange: T): boolean => {
    told.count++;
    if (taken.length === most) return false;
    taken.push(exchange);
    return true;
  };
  return { taken, told, take };
}

describe('of a connection with more requests than are wanted', () => {
  it('HTTP is read to the last response that is wanted', () => {
    const { taken, told, take } = taker<HttpExchange>(2);
    const http = new HttpExchanges(5000, take);
    const requests = latin1(['/a', '/b', '/c', '/d'].map((path) => `GET ${path} HTTP/1.1\r\n\r\n`).join(''));
    const responses = latin1(
      [200, 100, 404, 500, 501].map((status) => `HTTP/1.1 ${status} x\r\nContent-Length: 0\r\n\r\n`).join(''),
    );
    http.client.data(requests, 0, requests.length, 1);
    http.server.data(responses, 0, responses.length, 2);
    expect(taken.map(({ path, status }) => [path, status])).toEqual([
      ['/a', 200],
      ['/b', 404],
    ]);
    // The third says that there are more.
    expect(told.count).toBe(3);
  });

  it('DNS is read to the last answer that is wanted', () => {
    const { taken, told, take } = taker<DnsExchange>(2);
    const dns = new DnsExchanges(take);
    const add = (message: Uint8Array): void => dns.add(message, 0, message.length, SEEN);
    for (const id of [1, 2, 3]) add(dnsQuery(id, `${id}.example`));
    for (const id of [1, 2, 3]) add(dnsResponse(id, `${id}.example`, ['192.0.2.1']));
    for (const id of [4, 5]) add(dnsQuery(id, `${id}.example`));
    expect(taken.map(({ name, answers }) => [name, answers])).toEqual([
      ['1.example', ['A 192.0.2.1']],
      ['2.example', ['A 192.0.2.1']],
    ]);
    expect(told.count).toBe(3);
  });
});

describe('of HTTP', () => {
  /** What is read of texts of the client and of the server, in turn. */
  const exchangesOf = (...said: readonly string[]): HttpExchange[] => {
    const { taken, take } = taker<HttpExchange>(10);
    const http = new HttpExchanges(5000, take);
    for (const [place, text] of said.entries())
      (place % 2 === 0 ? http.client : http.server).data(latin1(text), 0, text.length, place);
    return taken;
  };

  it('a body goes to the end where its head does not say how long it is', () => {
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n';
    const found = exchangesOf('GET / HTTP/1.1\r\n\r\n', `${head}one\r\n`, '', 'HTTP/1.1 404 Not Found\r\n\r\n');
    expect(found).toMatchObject([{ status: 200, responseBytes: 5 + 'HTTP/1.1 404 Not Found\r\n\r\n'.length }]);
  });

  it('a body of chunks ends with its trailer, and what a capture lacks of one that goes to the end counts', () => {
    const { taken, take } = taker<HttpExchange>(10);
    const { client, server } = new HttpExchanges(5000, take);
    const requests = latin1('GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n');
    client.data(requests, 0, requests.length, 1);
    const chunks = '3\r\nabc\r\n0\r\nX-Trailer: z\r\n\r\n';
    const responses = latin1(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}HTTP/1.1 404 No\r\n\r\nx`);
    server.data(responses, 0, responses.length, 2);
    server.gap(1000, 3);
    expect(taken.map(({ status, responseBytes }) => [status, responseBytes])).toEqual([
      [200, 3],
      [404, 1001],
    ]);
  });

  it('what comes behind a change of protocol is none', () => {
    const inside = 'GET /inside HTTP/1.1\r\n\r\n';
    const socket = exchangesOf('GET /ws HTTP/1.1\r\n\r\n', 'HTTP/1.1 101 Switching\r\n\r\n', inside);
    expect(socket.map(({ path, status }) => [path, status])).toEqual([['/ws', 101]]);
    const tunnel = exchangesOf('CONNECT a.example:443 HTTP/1.1\r\n\r\n', 'HTTP/1.1 200 Go\r\n\r\n', inside);
    expect(tunnel.map(({ path, status }) => [path, status])).toEqual([['a.example:443', 200]]);
    const refused = exchangesOf(
      'CONNECT a.example:443 HTTP/1.1\r\n\r\n',
      'HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n',
      inside,
    );
    expect(refused.map(({ path }) => path)).toEqual(['a.example:443', '/inside']);
  });

  it('a head is read to some length, in one line or in many, and told as far as that', () => {
    const next = 'GET /next HTTP/1.1\r\n\r\n';
    const refused = 'HTTP/1.1 404 No\r\n\r\n';
    const withHead = (head: string): unknown[] =>
      exchangesOf(
        `GET /first HTTP/1.1\r\nHost: a.example\r\n${head}User-Agent: last\r\n\r\n${next}`,
        `HTTP/1.1 200 OK\r\nServer: b\r\n${head}Content-Type: x/last\r\nContent-Length: 0\r\n\r\n${refused}`,
      ).map((told) => [told.host + told.path, told.userAgent, told.status, told.server, told.contentType, told.isCut]);
    expect(withHead('X: y\r\n'.repeat(2000))).toEqual([
      ['a.example/first', 'last', 200, 'b', 'x/last', false],
      ['/next', '', 404, '', '', false],
    ]);
    const inPart = [['a.example/first', '', 200, 'b', '', true]];
    expect(withHead('X: y\r\n'.repeat(4000))).toEqual(inPart);
    expect(withHead(`X: ${'y'.repeat(20_000)}\r\n`)).toEqual(inPart);
    const [{ path, isCut }] = exchangesOf(`GET /${'y'.repeat(20_000)} HTTP/1.1\r\nHost: a.example\r\n\r\n${next}`);
    expect([path, isCut]).toEqual([`/${'y'.repeat(1023)}...`, true]);
  });
});

describe('of a capture that cut its packets', () => {
  const request = latin1('POST /gate.php HTTP/1.1\r\nHost: c2.example\r\nContent-Le');
  const response = latin1('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5335\r\n\r\nfirst');

  it('a head is told as far as it goes, with a word that it is cut', () => {
    const { taken, take } = taker<HttpExchange>(2);
    const http = new HttpExchanges(5000, take);
    http.client.data(request, 0, request.length, 1);
    http.client.gap(700, 1);
    // What goes on behind the hole is no head.
    http.client.data(request, 0, request.length, 2);
    http.client.gap(700, 2);
    http.server.data(response, 0, response.length, 3);
    expect(taken).toMatchObject([{ method: 'POST', host: 'c2.example', path: '/gate.php', status: 200, isCut: true }]);
    expect(exchangeLine(taken[0])).toBe('POST c2.example/gate.php, 200 text/html, heads known in part');
  });

  it('a first line is told as far as it goes, where it begins like a request', () => {
    const { taken, take } = taker<HttpExchange>(2);
    const cut = (bytes: Uint8Array, length: number): HttpExchanges => {
      const http = new HttpExchanges(5000, take);
      http.client.data(bytes, 0, length, 1);
      http.client.gap(700, 1);
      return http;
    };
    cut(request, 12).server.data(response, 0, response.length, 3);
    cut(request, 4);
    cut(latin1('LIST of things'), 14);
    expect(taken).toMatchObject([{ method: 'POST', host: '', path: '/gate.p...', status: 200, isCut: true }]);
    expect(exchangeLine(taken[0])).toBe('POST /gate.p..., 200 text/html, heads known in part');
  });

  it('a response that is missing is not the next one, where that can be told', () => {
    for (const [requests, statuses] of [
      [2, [null, 200]],
      [3, [null, null, null]],
    ] as const) {
      const { taken, take } = taker<HttpExchange>(3);
      const http = new HttpExchanges(5000, take);
      const whole = latin1('GET /news.php HTTP/1.1\r\nHost: c2.example\r\n\r\n');
      for (let count = 0; count < requests; count++) http.client.data(whole, 0, whole.length, count);
      http.server.gap(700, 5);
      http.server.data(response, 0, response.length, 6);
      expect(taken.map(({ status }) => status)).toEqual(statuses);
    }
  });

  it('a body counts as it was sent', () => {
    const { taken, take } = taker<HttpExchange>(2);
    const http = new HttpExchanges(5000, take);
    const whole = latin1('GET /news.php HTTP/1.1\r\nHost: c2.example\r\n\r\n');
    http.client.data(whole, 0, whole.length, 1);
    http.server.data(response, 0, response.length, 2);
    http.server.gap(1000, 2);
    http.server.gap(5335 - 'first'.length - 1000, 3);
    expect(taken).toMatchObject([{ responseBytes: 5335, isCut: false }]);
    expect(exchangeLine(taken[0])).toContain('5335 bytes');
  });
});
